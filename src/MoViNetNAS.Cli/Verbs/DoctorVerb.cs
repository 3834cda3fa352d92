using System.CommandLine;
using MoViNetNAS.Cli.Doctor;
using MoViNetNAS.Cli.Output;
using Spectre.Console;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet doctor`: what works on this machine, and how to mend the rest.</summary>
internal static class DoctorVerb
{
    public static Command Create()
    {
        var command = new Command("doctor", "Say what works on this machine and how to mend the rest.") { CommonOptions.Database, CommonOptions.Json };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var terminal = Terminal.Of(parse);
        string results = Path.GetDirectoryName(Path.GetFullPath(parse.GetValue(CommonOptions.Database)!))!;
        Finding[] findings = [.. RuntimeChecks.All(), TensorCheck.Run(), VideoCheck.Run(), OnnxRuntimeCheck.Run(), PaperCheck.Run(), .. FolderChecks.All(results), FontCheck.Run()];
        bool isHealthy = findings.All(finding => finding.IsGood || !finding.IsRequired);
        if (parse.GetValue(CommonOptions.Json))
        {
            terminal.Json(new { ok = isHealthy, checks = findings.Select(f => new { f.Name, ok = f.IsGood, required = f.IsRequired, f.Found, f.Mend }) });
            return isHealthy ? ExitCode.Done : ExitCode.Failed;
        }

        foreach (var finding in findings)
        {
            var (word, colour) = finding.IsGood ? ("ok  ", Color.Green) : finding.IsRequired ? ("FAIL", Color.Red) : ("warn", Color.Yellow);
            terminal.Word(word, colour);
            terminal.Line($"  {finding.Name,-16}{finding.Found}");
            if (!finding.IsGood) terminal.Line($"      {"",-16}{finding.Mend}");
        }

        terminal.Line(isHealthy ? "Everything that is required works." : "Something required does not work; the lines below FAIL say how to mend it.");
        return isHealthy ? ExitCode.Done : ExitCode.Failed;
    }
}
