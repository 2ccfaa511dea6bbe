#include "app/command_line/console.h"

#include <QCoreApplication>

#include <iostream>

#ifdef _WIN32
#include <io.h>
#else
#include <unistd.h>
#endif

namespace flatline {

namespace {

bool isTerminal(int descriptor) {
#ifdef _WIN32
    return _isatty(descriptor) != 0;
#else
    return isatty(descriptor) != 0;
#endif
}

} // namespace

bool errorIsTerminal() {
    return isTerminal(2);
}

bool outputIsTerminal() {
    return isTerminal(1);
}

bool print(const QString& text) {
    std::cout << text.toStdString();
    return static_cast<bool>(std::cout.flush());
}

int report(const Error& error) {
    Message message = error.message;
    message.text = QCoreApplication::translate("core", message.text.c_str()).toStdString();
    const Error translated{error.kind, error.where, message};
    std::cerr << "flatline: " << translated.english() << '\n';
    return static_cast<int>(error.kind);
}

} // namespace flatline
