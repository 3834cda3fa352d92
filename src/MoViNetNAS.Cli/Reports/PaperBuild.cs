using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using MoViNetNAS.Reporting;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Reports;

/// <summary>Compiles a paper with the TeX that is installed.</summary>
/// <param name="Pdf">The compiled file.</param>
/// <param name="WideBoxes">What stands out of the margin by more than <see cref="MostOverfullPt"/>, as TeX says it.</param>
internal sealed partial record PaperBuild(string Pdf, IReadOnlyList<string> WideBoxes)
{
    /// <summary>Points that a line may stand out of the margin without being seen.</summary>
    public const double MostOverfullPt = 5;

    private static readonly string[] Engines = ["pdflatex", "lualatex", "xelatex"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2); // of one pass

    /// <summary>The program that compiles papers here; null where there is none.</summary>
    public static string? Engine => Engines.FirstOrDefault(engine => ProgramAnswer.Of(engine).IsInstalled);

    /// <summary>Compiles the paper in <paramref name="folder"/>: thrice, with BibTeX after the first pass where it is installed.</summary>
    /// <param name="folder">Where it lies.</param>
    /// <param name="engine">The program, one of <see cref="Engine"/>.</param>
    /// <param name="timeUtc">The time that the PDF says it was made at: that of the data, so that the same data give the same file.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="MachineException">TeX stopped with an error, or took too long.</exception>
    public static PaperBuild Run(string folder, string engine, DateTimeOffset timeUtc, CancellationToken cancellation)
    {
        string[] arguments = ["-halt-on-error", "-interaction=nonstopmode", "-no-shell-escape", LatexPaper.MainName];
        Pass(folder, engine, arguments, timeUtc, cancellation);
        if (File.Exists(Path.Combine(folder, "references.bib")) && ProgramAnswer.Of("bibtex").IsInstalled) Pass(folder, "bibtex", [LatexPaper.MainName], timeUtc, cancellation);
        Pass(folder, engine, arguments, timeUtc, cancellation);
        Pass(folder, engine, arguments, timeUtc, cancellation);
        return new PaperBuild(Path.Combine(folder, LatexPaper.MainName + ".pdf"), Wide(File.ReadAllText(Path.Combine(folder, LatexPaper.MainName + ".log"))));
    }

    /// <summary>The overfull boxes of a log that stand out by more than <see cref="MostOverfullPt"/>.</summary>
    internal static IReadOnlyList<string> Wide(string log) =>
        [.. OverfullBox().Matches(log).Where(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) > MostOverfullPt).Select(match => match.Value)];

    private static void Pass(string folder, string program, string[] arguments, DateTimeOffset timeUtc, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["SOURCE_DATE_EPOCH"] = timeUtc.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        start.Environment["FORCE_SOURCE_DATE"] = "1";
        start.Environment["max_print_line"] = "1000"; // or messages are broken in the middle of a number
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            process.WaitForExitAsync(limit.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            cancellation.ThrowIfCancellationRequested();
            throw new MachineException($"{program} took longer than {Patience.TotalMinutes:0} minutes in {folder} and was stopped.");
        }

        if (process.ExitCode == 0) return;
        string said = output.GetAwaiter().GetResult() + error.GetAwaiter().GetResult();
        string first = said.Split('\n').FirstOrDefault(line => line.StartsWith('!') || line.Contains("error", StringComparison.OrdinalIgnoreCase))?.Trim() ?? "it says nothing";
        throw new MachineException($"{program} stopped in {folder} with an error ({first}); its log is {Path.Combine(folder, LatexPaper.MainName + ".log")}.");
    }

    [GeneratedRegex(@"Overfull \\[hv]box \(([0-9.]+)pt too (?:wide|high)\)[^\n]*")]
    private static partial Regex OverfullBox();
}
