#include "app/autosave/session_text.h"

#include "app/experiments/experiment_file.h"
#include "app/experiments/json_text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace flatline {
namespace {

constexpr int formatVersion = 1;
constexpr auto versionKey = "flatline_session";

std::string choicesJson(const QMap<QString, QString>& choices) {
    std::string json;
    for (auto choice = choices.begin(); choice != choices.end(); ++choice)
        json += (json.empty() ? "" : ", ") + jsonString(choice.key().toStdString()) + ": " +
                jsonString(choice.value().toStdString());
    return '{' + json + '}';
}

const char* truth(bool value) {
    return value ? "true" : "false";
}

QMap<QString, QString> choicesOf(const QJsonObject& json) {
    QMap<QString, QString> choices;
    for (auto choice = json.begin(); choice != json.end(); ++choice)
        choices[choice.key()] = choice.value().toString();
    return choices;
}

} // namespace

QByteArray sessionJson(const SessionState& session, const QString& folder) {
    std::string json = "{\n  " + jsonString(versionKey) + ": " + std::to_string(formatVersion);
    json += ",\n  \"step\": " + std::to_string(session.step);
    json += std::string(",\n  \"running\": ") + truth(session.running);
    json += std::string(",\n  \"ended\": ") + truth(session.ended);
    json += ",\n  \"attempts\": " + std::to_string(session.attempts);
    json += ",\n  \"filling\": " + jsonString(session.filling.toStdString());
    json += ",\n  \"selected\": [" + std::to_string(session.selectedLayer) + ", " +
            std::to_string(session.selectedNeuron) + ']';
    json += ",\n  \"lesson\": [" + jsonString(session.lesson.toStdString()) + ", " +
            std::to_string(session.lessonPage) + ']';
    json += ",\n  \"choices\": " + choicesJson(session.choices);
    json += ",\n  \"experiment\": " + experimentJson(rebased(session.experiment, {}, folder), "  ");
    return QByteArray::fromStdString(json + "\n}\n");
}

Result<SessionState> readSession(const QByteArray& text, const QString& fileName, const QString& folder) {
    const auto object = parseJsonObject(text, fileName);
    if (!object)
        return object.error();
    const QJsonObject& json = object.value();
    const double step = json[QLatin1String("step")].toDouble(-1.0);
    if (json[QLatin1String(versionKey)].toInt() != formatVersion || !(step >= 0.0) || step > 9e15)
        return badInput(fileName.toStdString(), FLATLINE_TEXT("this is no session of this version of the program"));
    const QByteArray experiment = QJsonDocument(json[QLatin1String("experiment")].toObject()).toJson();
    auto settings = readExperiment(experiment, fileName);
    if (!settings)
        return settings.error();
    SessionState session;
    session.experiment = rebased(std::move(settings).value(), folder, {});
    session.step = static_cast<std::int64_t>(step);
    session.running = json[QLatin1String("running")].toBool();
    session.ended = json[QLatin1String("ended")].toBool();
    session.attempts = json[QLatin1String("attempts")].toInt();
    session.filling = json[QLatin1String("filling")].toString();
    const QJsonArray selected = json[QLatin1String("selected")].toArray();
    session.selectedLayer = selected.at(0).toInt();
    session.selectedNeuron = selected.at(1).toInt();
    const QJsonArray lesson = json[QLatin1String("lesson")].toArray();
    session.lesson = lesson.at(0).toString();
    session.lessonPage = lesson.at(1).toInt();
    session.choices = choicesOf(json[QLatin1String("choices")].toObject());
    return session;
}

} // namespace flatline
