using System.CommandLine;
using System.Globalization;
using System.Numerics;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet space count`: how many architectures a space holds.</summary>
internal static class SpaceCountVerb
{
    private static readonly Option<string> File = new("--space") { Description = "A space file.", HelpName = "file", Required = true };

    public static Command Create()
    {
        var command = new Command("count", "Count the distinct architectures of a space.") { File, CommonOptions.Json };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var terminal = Terminal.Of(parse);
        var space = SpaceFile.Load(parse.GetRequiredValue(File));
        var count = space.ArchitectureCount;
        double log10 = Math.Round(BigInteger.Log10(count), 3);
        // As a text: the number is exact and does not fit what most readers of JSON hold.
        if (parse.GetValue(CommonOptions.Json)) terminal.Json(new { space = space.Name, space.Hash, decisions = space.Decisions.Length, architectures = $"{count}", log10 });
        else terminal.Line($"{space.Name}: {count} architectures (10^{log10.ToString("0.0", CultureInfo.InvariantCulture)}), {space.Decisions.Length} decisions");
        return ExitCode.Done;
    }
}
