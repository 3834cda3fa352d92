using System.CommandLine;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet space show`: the decisions of a space, or the layers of one architecture.</summary>
internal static class SpaceShowVerb
{
    public static Command Create()
    {
        var command = new Command("show", "Show the decisions of a space, or the layers of a model or genotype.") { CommonOptions.Json };
        foreach (var option in NetworkOptions.All) command.Add(option);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var terminal = Terminal.Of(parse);
        bool isJson = parse.GetValue(CommonOptions.Json);
        bool isWholeSpace = parse.GetValue(NetworkOptions.Space) is not null && parse.GetValue(NetworkOptions.Model) is null && parse.GetValue(NetworkOptions.Genotype) is null;
        if (isWholeSpace) ShowSpace(terminal, SpaceFile.Load(parse.GetValue(NetworkOptions.Space)!), isJson);
        else ShowNetwork(terminal, NetworkOptions.Read(parse), isJson);
        return ExitCode.Done;
    }

    private static void ShowSpace(Terminal terminal, SearchSpace space, bool isJson)
    {
        if (isJson)
        {
            terminal.Json(new
            {
                space.Name,
                space.Hash,
                space.Definition.Input,
                architectures = $"{space.ArchitectureCount}",
                decisions = space.Decisions.Select(d => new { d.Path, tag = $"{d.Tag}", options = d.Labels, values = d.Values }),
            });
            return;
        }

        var input = space.Definition.Input;
        terminal.Line($"{space.Name}: {space.Decisions.Length} decisions, {space.ArchitectureCount} architectures, {input.Frames} frames of {input.Resolution}x{input.Resolution}");
        terminal.Line($"hash {space.Hash}");
        terminal.Table(["decision", "about", "options"], space.Decisions.Select(d => new[] { d.Path, $"{d.Tag}", Options(d) }));
    }

    private static void ShowNetwork(Terminal terminal, ChosenNetwork network, bool isJson)
    {
        var stages = StageRow.Of(network);
        if (isJson)
        {
            terminal.Json(new { network.Model, network.Space, network.Genotype, variant = network.Variant.Name, network.Input, network.Classes, stages });
            return;
        }

        terminal.Line(network.Title);
        terminal.Table(
            ["stage", "kernel", "expansion>", "width>", "se", "output", "macs>", "parameters>"],
            stages.Select(s => new[]
            {
                s.Stage, s.Kernel ?? "", $"{s.Expansion}", $"{s.Width}", s.SqueezeExcite switch { true => "on", false => "off", null => "" },
                $"{s.OutputSize}x{s.OutputSize}", Units.Metric(s.Macs), Units.Count(s.Parameters),
            }));
    }

    // An expansion's multiplier alone does not say the width that it rounds to.
    private static string Options(Decision decision) => decision.Tag == DecisionTag.Expansion
        ? string.Join(", ", decision.Labels.Zip(decision.Values, (label, channels) => $"{label} ({channels})"))
        : string.Join(", ", decision.Labels);
}
