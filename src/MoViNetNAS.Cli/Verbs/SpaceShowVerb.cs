using System.CommandLine;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Scaling;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet space show`: the decisions of a space, or the layers of one architecture.</summary>
internal static class SpaceShowVerb
{
    private static readonly Option<bool> States = new("--states") { Description = "The tensors that a stream carries, instead of the layers." };

    private static readonly Option<string?> Released = new("--released")
    {
        Description = $"Hold this released network against the space: which of its values are options. One of {string.Join(", ", ReleasedArchitectures.ByName.Keys)}.",
        HelpName = "name",
    };

    public static Command Create()
    {
        var command = new Command("show", "Show the decisions of a space, or the layers of a model or genotype.") { States, Released, CommonOptions.Json };
        foreach (var option in NetworkOptions.All) command.Add(option);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var terminal = Terminal.Of(parse);
        bool isJson = parse.GetValue(CommonOptions.Json);
        if (parse.GetValue(Released) is { } released)
        {
            ExperimentOptions.RequireAlone(parse, "--released", [States, .. NetworkOptions.All.Where(option => option != NetworkOptions.Space)]);
            string file = parse.GetValue(NetworkOptions.Space) ?? throw new InputException($"--released needs the space to hold it against, for example --space searchspaces/{released.ToLowerInvariant()}.json.");
            ShowFit(terminal, ReleasedFit.Of(SpaceFile.Load(file), ReleasedArchitectures.Get(released)), isJson);
            return ExitCode.Done;
        }

        if (parse.GetValue(States))
        {
            ShowStates(terminal, NetworkOptions.Read(parse), isJson);
            return ExitCode.Done;
        }

        bool isWholeSpace = parse.GetValue(NetworkOptions.Space) is not null && parse.GetValue(NetworkOptions.Model) is null && parse.GetValue(NetworkOptions.Genotype) is null;
        if (isWholeSpace) ShowSpace(terminal, SpaceFile.Load(parse.GetValue(NetworkOptions.Space)!), isJson);
        else ShowNetworks(terminal, NetworkOptions.ReadMembers(parse), isJson);
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
        terminal.Line($"{space.Name}: {space.Decisions.Length} decisions, {space.ArchitectureCount} architectures, {(space.Definition.InputChoices is null ? "" : "clips read as ")}{input.Frames} frames of {input.Resolution}x{input.Resolution}");
        terminal.Line($"hash {space.Hash}");
        terminal.Table(["decision", "about", "options"], space.Decisions.Select(d => new[] { d.Path, $"{d.Tag}", Options(d) }));
    }

    private static void ShowFit(Terminal terminal, ReleasedFit fit, bool isJson)
    {
        if (isJson)
        {
            terminal.Json(new { space = fit.Space.Name, released = fit.Released.Name, rows = fit.Rows.Select(row => new { row.Path, row.Kind, row.Value, row.Options, fit = row.Fit.ToString().ToLowerInvariant(), row.Why }) });
            return;
        }

        terminal.Line($"the released {fit.Released.Name} in space '{fit.Space.Name}', values that are options: {fit.Summary()}");
        if (fit.Rows.Any(row => row.Fit != FitType.Option)) terminal.Out.Write(fit.Misses().ToText());
    }

    private static void ShowStates(Terminal terminal, ChosenNetwork network, bool isJson)
    {
        if (!network.Design.CanStream)
            throw new InputException($"--states: {network.Title} carries nothing, because it does not stream; try --variant stream or causal.");
        var states = network.Design.States(network.Classes, network.Input.Resolution);
        if (isJson)
        {
            terminal.Json(states.Select(state => new { state.Name, Shape = state.Shape.ToArray(), Type = state.IsFloat ? "float32" : "int32" }));
            return;
        }

        terminal.Line($"{network.Title}: what one stream carries, zero at the start");
        terminal.Table(["state", "shape", "type", "bytes>"], states.Select(state => new[]
        {
            state.Name, $"[{string.Join(", ", state.Shape)}]", state.IsFloat ? "float32" : "int32", Units.Bytes(4 * state.Elements),
        }));
        terminal.Line($"{states.Count} tensors, {Units.Bytes(4 * states.Where(state => state.IsFloat).Sum(state => state.Elements))} without the counts");
    }

    private static void ShowNetworks(Terminal terminal, IReadOnlyList<ChosenNetwork> networks, bool isJson)
    {
        if (isJson)
        {
            object[] shown = [.. networks.Select(network => new
            {
                network.Model, network.Space, network.Genotype, variant = network.Design.VariantName, network.Input, network.Classes, stages = StageRow.Of(network),
            })];
            if (shown.Length == 1) terminal.Json(shown[0]);
            else terminal.Json(new { members = shown });
            return;
        }

        if (networks.Count > 1) terminal.Line($"the mean of the logits of {string.Join(" and ", networks.Select(network => network.Model))}:");
        foreach (var network in networks) Show(terminal, network);
    }

    private static void Show(Terminal terminal, ChosenNetwork network)
    {
        terminal.Line(network.Title);
        var stages = StageRow.Of(network);
        var total = new StageRow("all", "", null, null, 0, null, 1, 0, 0, stages.Sum(s => s.Macs), stages.Sum(s => s.Parameters), stages.Sum(s => s.StateBytes));
        terminal.Table(
            ["stage", "operation", "kernel", "expansion>", "width>", "stride>", "output", "macs>", "parameters>", "state>"],
            stages.Append(total).Select(s => new[]
            {
                s.Stage, s.Operation, s.Kernel ?? "", $"{s.Expansion}", s.Width > 0 ? $"{s.Width}" : "", s.Stride > 1 ? $"{s.Stride}" : "",
                s.OutputSize > 0 ? $"{s.OutputFrames} x {s.OutputSize}^2" : "", Units.Metric(s.Macs), Units.Count(s.Parameters), s.StateBytes > 0 ? Units.Bytes(s.StateBytes) : "",
            }));
    }

    // An expansion's multiplier alone does not say the width that it rounds to.
    private static string Options(Decision decision) => decision.Tag == DecisionTag.Expansion
        ? string.Join(", ", decision.Labels.Zip(decision.Values, (label, channels) => $"{label} ({channels})"))
        : string.Join(", ", decision.Labels);
}
