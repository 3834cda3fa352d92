using System.CommandLine;
using MoViNetNAS.Cli.Figures;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Reporting;
using MoViNetNAS.Spaces;
using MoViNetNAS.Store;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet figure architecture`: a network drawn along its depth.</summary>
internal static class FigureArchitectureVerb
{
    private static readonly Option<string?> From = new("--run") { Description = "An architecture of this search run.", HelpName = "run" };
    private static readonly Option<string> Pick = new("--pick") { Description = $"Which one: {PickedNetwork.Names}.", HelpName = "pick", DefaultValueFactory = _ => "feasible" };
    private static readonly Option<string?> Checkpoint = new("--checkpoint") { Description = "A trained network: its folder or file.", HelpName = "path" };

    public static Command Create()
    {
        var command = FigureOptions.With(new Command("architecture", "A network along its depth: kernels, widths, expansions, squeeze-excite, strides.")
        {
            NetworkOptions.Model, NetworkOptions.Space, NetworkOptions.Genotype, From, Pick, Checkpoint, CommonOptions.Database,
        });
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var (network, name, title) = Chosen(parse);
        var figure = new ArchitectureFigure(FigureOptions.TitleOr(parse, title), network);
        return FigureOptions.Finish(parse, ArchitectureDiagram.Draw(figure, ArchitectureDiagram.SizeOf(FigureOptions.Width(parse))), name);
    }

    private static (Architecture Network, string Path, string Title) Chosen(ParseResult parse)
    {
        var (model, space, run, checkpoint) = (parse.GetValue(NetworkOptions.Model), parse.GetValue(NetworkOptions.Space), parse.GetValue(From), parse.GetValue(Checkpoint));
        if (new[] { model, space, run, checkpoint }.Count(given => given is not null) != 1)
            throw new InputException("which network? Give one of --model NAME, --space FILE with --genotype G, --run RUN (with --pick), --checkpoint PATH.");
        if (run is null) ExperimentOptions.RequireAlone(parse, "a network without --run", Pick);
        if (space is null && parse.GetValue(NetworkOptions.Genotype) is not null) throw new InputException("--genotype needs --space FILE: the space it is of.");
        if (run is not null)
        {
            using var store = RunStore.OpenReadOnly(parse.GetValue(CommonOptions.Database)!);
            string pick = parse.GetValue(Pick)!;
            var picked = PickedNetwork.From(store.Run(run), pick, store);
            return (picked.Architecture, Path.Combine(new RunFolder(store.Path, run).Path, "architecture"), $"{run}, {(pick.Contains(':', StringComparison.Ordinal) ? "picked" : pick)}");
        }

        if (checkpoint is not null)
        {
            var (network, card) = ModelCheckpoint.Load(checkpoint, Devices.Open("cpu"));
            network.Dispose();
            string folder = Directory.Exists(checkpoint) ? checkpoint : Path.GetDirectoryName(Path.GetFullPath(checkpoint))!;
            return (Drawn(card.Design, card.Name), Path.Combine(folder, "architecture"), card.Name);
        }

        if (space is not null)
        {
            var searched = SpaceFile.Load(space);
            string text = parse.GetValue(NetworkOptions.Genotype) ?? throw new InputException($"--space needs a --genotype; `movinet space sample --space {space}` prints some.");
            return (searched.Resolve(searched.Parse(text)), $"architecture-{searched.Name}", $"A genotype of {searched.Name}");
        }

        string known = model!.ToLowerInvariant();
        return (Drawn(NamedNetworks.Get(known, NetworkVariant.Base), known), $"architecture-{known}", ReleasedArchitectures.ByName.ContainsKey(known) ? $"MoViNet-{known.ToUpperInvariant()}" : known);
    }

    private static Architecture Drawn(NetworkDesign design, string name) => design is MoViNetDesign movinet
        ? movinet.Architecture
        : throw new InputException($"'{name}' is no MoViNet: its layers have no expansion and output width to draw; `movinet space show --model` lists them.");
}
