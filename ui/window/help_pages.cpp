#include "ui/window/help_pages.h"

#include "ui/window/actions.h"

#include <QCoreApplication>
#include <QMessageBox>

namespace flatline {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("help", text);
}

void showPage(QWidget* parent, const QString& title, const QString& page) {
    QMessageBox box(QMessageBox::NoIcon, title, page, QMessageBox::Close, parent);
    box.setTextFormat(Qt::RichText);
    box.exec();
}

} // namespace

void showShortcuts(QWidget* parent) {
    showPage(parent, tr("Keyboard shortcuts"), shortcutsPage());
}

void showAbout(QWidget* parent) {
    showPage(parent, tr("About Flatline"),
             tr("<p><b>Flatline %1</b></p><p>A laboratory for the dying ReLU problem: train a small network, watch its "
                "neurons die, and find out what brings them back.</p><p>Free software under the GNU General Public "
                "License, version 3 or later. It comes without any warranty.</p>")
                 .arg(QCoreApplication::applicationVersion().toHtmlEscaped()));
}

} // namespace flatline
