using MoViNetNAS.Cli.Reports;

namespace MoViNetNAS.Cli.Doctor;

/// <summary>A TeX engine, with which `movinet paper` makes a PDF of what it writes.</summary>
internal static class PaperCheck
{
    public static Finding Run()
    {
        string? engine = PaperBuild.Engine;
        return Finding.Optional(
            "TeX", engine is not null, engine ?? "not found",
            "`paper` then writes LaTeX without a PDF: sudo apt-get install texlive-latex-recommended texlive-fonts-recommended (macOS: brew install --cask mactex-no-gui)");
    }
}
