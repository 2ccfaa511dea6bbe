#include "app/autosave/session_text.h"

#include "app/experiments/experiment_file.h"
#include "app/experiments/json_text.h"
#include "app/experiments/moment_json.h"
#include "core/base/number_text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace flatline {
namespace {

constexpr int formatVersion = 1;
constexpr auto versionKey = "flatline_session";

/// What stands under "experiment".
Result<Settings> readSettings(const QJsonObject& json, const QString& fileName, const QString& folder) {
    const QByteArray experiment = QJsonDocument(json[QLatin1String("experiment")].toObject()).toJson();
    auto settings = readExperiment(experiment, fileName);
    if (!settings)
        return settings.error();
    return rebased(std::move(settings).value(), folder, {});
}

const char* truth(bool value) {
    return value ? "true" : "false";
}

/// What is not set has no key.
std::string stopsJson(const StopCondition& stops) {
    std::string json = std::string("{\"death\": ") + truth(stops.nextDeath);
    if (stops.lossUnder)
        json += ", \"loss\": " + toText(*stops.lossUnder);
    if (stops.deadOver)
        json += ", \"dead\": " + std::to_string(*stops.deadOver);
    if (stops.atStep)
        json += ", \"step\": " + std::to_string(*stops.atStep);
    return json + '}';
}

StopCondition readStops(const QJsonObject& json) {
    StopCondition stops;
    stops.nextDeath = json[QLatin1String("death")].toBool();
    if (const QJsonValue loss = json[QLatin1String("loss")]; loss.isDouble())
        stops.lossUnder = loss.toDouble();
    if (const QJsonValue dead = json[QLatin1String("dead")]; dead.isDouble())
        stops.deadOver = dead.toInt();
    if (const QJsonValue step = json[QLatin1String("step")]; step.isDouble())
        stops.atStep = step.toInteger();
    return stops;
}

} // namespace

QByteArray sessionJson(const SessionState& session, const QString& folder) {
    std::string json = "{\n  " + jsonString(versionKey) + ": " + std::to_string(formatVersion);
    for (const MomentKey& key : momentKeys())
        json += ",\n  " + jsonString(key.name) + ": " + key.json(session);
    json += std::string(",\n  \"running\": ") + truth(session.running);
    json += ",\n  \"stops\": " + stopsJson(session.stops);
    json += std::string(",\n  \"ended\": ") + truth(session.ended);
    json += ",\n  \"attempts\": " + std::to_string(session.attempts);
    json += ",\n  \"lesson\": [" + jsonString(session.lesson.toStdString()) + ", " +
            std::to_string(session.lessonPage) + ']';
    if (session.before)
        json += ",\n  \"before\": {\"step\": " + std::to_string(session.before->step) +
                ", \"experiment\": " + experimentJson(rebased(session.before->experiment, {}, folder), "  ") + '}';
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
    SessionState session;
    auto settings = readSettings(json, fileName, folder);
    if (!settings)
        return settings.error();
    session.experiment = std::move(settings).value();
    if (const QJsonValue before = json[QLatin1String("before")]; before.isObject()) {
        auto run = readSettings(before.toObject(), fileName, folder);
        if (!run)
            return run.error();
        session.before = KeptRun{std::move(run).value(), before[QLatin1String("step")].toInteger()};
    }
    for (const MomentKey& key : momentKeys())
        if (const QJsonValue value = json[QLatin1String(key.name)]; !value.isUndefined() && !key.read(session, value))
            return momentError(key, fileName.toStdString() + ": ", value);
    session.running = json[QLatin1String("running")].toBool();
    session.stops = readStops(json[QLatin1String("stops")].toObject());
    session.ended = json[QLatin1String("ended")].toBool();
    session.attempts = json[QLatin1String("attempts")].toInt();
    const QJsonArray lesson = json[QLatin1String("lesson")].toArray();
    session.lesson = lesson.at(0).toString();
    session.lessonPage = lesson.at(1).toInt();
    return session;
}

} // namespace flatline
