#include "ui/window/help_pages.h"

#include "ui/window/actions.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QMessageBox>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace flatline {

namespace {

constexpr QSize pageSize(480, 640);

QString tr(const char* text) {
    return QCoreApplication::translate("help", text);
}

} // namespace

/// There are more keys than fit into a low window: the page scrolls.
void showShortcuts(QWidget* parent) {
    QDialog dialog(parent);
    dialog.setWindowTitle(tr("Keyboard shortcuts"));
    auto* page = new QTextBrowser(&dialog);
    page->setHtml(shortcutsPage());
    page->setFrameShape(QFrame::NoFrame);
    page->setAccessibleName(dialog.windowTitle());
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, &dialog);
    QObject::connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    auto* column = new QVBoxLayout(&dialog);
    column->addWidget(page);
    column->addWidget(buttons);
    dialog.resize(pageSize.boundedTo(parent->size() * 0.9));
    dialog.exec();
}

void showAbout(QWidget* parent) {
    const QString text =
        tr("<p><b>Flatline %1</b></p><p>A laboratory for the dying ReLU problem: train a small network, watch its "
           "neurons die, and find out what brings them back.</p><p>Free software under the GNU General Public "
           "License, version 3 or later. It comes without any warranty.</p>")
            .arg(QCoreApplication::applicationVersion().toHtmlEscaped());
    QMessageBox box(QMessageBox::NoIcon, tr("About Flatline"), text, QMessageBox::Close, parent);
    box.setTextFormat(Qt::RichText);
    box.exec();
}

} // namespace flatline
