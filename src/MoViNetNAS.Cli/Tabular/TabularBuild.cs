using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Data;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Tabular;

/// <summary>Trains every architecture of a space from every seed. What is done is kept, so the same command goes on; several parts may be built at once, by processes of their own.</summary>
internal sealed class TabularBuild
{
    private const int MostArchitectures = 20_000;
    private readonly TabularSection _section;
    private readonly Experiment _experiment;
    private readonly SearchSpace _space;
    private readonly string _folder;
    private readonly Terminal _terminal;

    /// <exception cref="InputException">The space is too large to be trained whole.</exception>
    public TabularBuild(TabularSection section, Experiment experiment, string folder, Terminal terminal)
    {
        (_section, _experiment, _folder, _terminal) = (section, experiment, folder, terminal);
        _space = experiment.RequireSpace();
        if (_space.ArchitectureCount > MostArchitectures)
            throw new InputException($"space '{_space.Name}' has {_space.ArchitectureCount:E1} architectures; a table of all of them has at most {MostArchitectures}.");
        if (experiment.Train.EarlyStop is not null) throw new InputException($"experiment '{experiment.Name}' has train.earlyStop, and the trainings of a table are all equally long: leave it out.");
        Devices.RequireFloat32(experiment.Train);
    }

    /// <summary>Trains what is missing of part <paramref name="part"/> (from 1) of <paramref name="parts"/>; writes the table when no part misses anything.</summary>
    /// <returns>Whether the table is whole.</returns>
    public bool Run(int part, int parts, RunMachine machine, CancellationToken cancellation)
    {
        var dataset = DataOpening.Open(_experiment.Data, _experiment.Input, _terminal, cancellation);
        (Genotype Genotype, ulong Seed)[] all = [.. _section.Seeds.SelectMany(seed => SpaceEnumeration.Of(_space).Select(genotype => (genotype, seed)))];
        var done = ReadParts();
        (Genotype Genotype, ulong Seed)[] mine = [.. all.Where((_, i) => i % parts == part - 1).Where(one => !done.ContainsKey((one.Genotype.ToString(), one.Seed)))];
        if (mine.Length > 0) Train(mine, dataset, part, parts, cancellation);
        done = ReadParts();
        int missing = all.Count(one => !done.ContainsKey((one.Genotype.ToString(), one.Seed)));
        if (missing > 0)
        {
            _terminal.Note($"part {part} of {parts} is done; {missing} of {all.Length} trainings are missing in the others.");
            return false;
        }

        var costs = new CostTable(_space, _experiment.Train.Variant, dataset.Classes.Count, _space.Definition.Input);
        var recipe = new TabularRecipe(
            _section.Name, _section.Epochs, _section.Seeds, dataset.Items(Split.Weights).Count, dataset.Items(Split.Score).Count, dataset.Items(Split.Test).Count,
            machine.Command, machine.Versions, machine.Text);
        var benchmark = new TabularBenchmark(recipe, _space, _experiment.Train.Variant, dataset.Classes.Count,
            [.. SpaceEnumeration.Of(_space).Select(genotype => new TabularEntry(
                genotype, costs.Of(genotype), [.. _section.Seeds.Select(seed => done[(genotype.ToString(), seed)].Training)]))]);
        TabularFiles.Save(benchmark, _experiment, _folder);
        Directory.Delete(PartsFolder, recursive: true);
        return true;
    }

    private string PartsFolder => Path.Combine(_folder, "parts");

    private void Train((Genotype Genotype, ulong Seed)[] trainings, IClipDataset dataset, int part, int parts, CancellationToken cancellation)
    {
        using var journal = new TabularJournal(Path.Combine(PartsFolder, $"{part}-of-{parts}.csv"), _section.Epochs.Length);
        var training = new CurveTraining(dataset, _experiment.Train, _section.Epochs);
        using var progress = _terminal.Progress($"part {part} of {parts}: training", trainings.Length);
        for (int i = 0; i < trainings.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (genotype, seed) = trainings[i];
            var result = training.Run(_space.Resolve(genotype), seed, cancellation);
            journal.Add(new TabularRow(genotype.ToString(), result));
            progress.Report(i + 1, FormattableString.Invariant($"{genotype} {100 * result.Test:F1} %"));
        }
    }

    private Dictionary<(string Genotype, ulong Seed), TabularRow> ReadParts()
    {
        var rows = new Dictionary<(string, ulong), TabularRow>();
        if (!Directory.Exists(PartsFolder)) return rows;
        foreach (string file in Directory.GetFiles(PartsFolder, "*.csv").Order(StringComparer.Ordinal))
            foreach (string line in File.ReadAllText(file).Split('\n')[..^1]) // what follows the last line end was cut off
            {
                if (TabularRow.Parse(line, _section.Epochs.Length) is { } row) rows[(row.Genotype, row.Training.Seed)] = row;
            }

        return rows;
    }
}
