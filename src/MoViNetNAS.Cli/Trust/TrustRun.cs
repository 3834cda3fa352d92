using System.Collections.Immutable;
using MoViNetNAS.Cli.Compare;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Models;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using MoViNetNAS.Store;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Trust;

/// <summary>Compares the scores of a finished search's shared weights with what the same architectures are worth by themselves.</summary>
/// <param name="record">The search.</param>
/// <param name="experiment">Its experiment, at its data.</param>
/// <param name="store">Where it is.</param>
/// <param name="terminal">Where it tells how it goes.</param>
internal sealed class TrustRun(RunRecord record, Experiment experiment, RunStore store, Terminal terminal)
{
    private readonly SearchSpace _space = experiment.RequireSpace();

    /// <summary>Where its files are.</summary>
    public string Folder => Path.Combine(new RunFolder(store.Path, record.Name).Path, "trust");

    /// <summary>Trains architectures drawn from the target's window from scratch, unless that is done already, and compares.</summary>
    /// <exception cref="InputException">The window holds too few architectures.</exception>
    /// <exception cref="OperationCanceledException">Stopped; the same command goes on.</exception>
    public IReadOnlyList<TrustedArchitecture> ByTraining(TrustSettings settings, RunMachine machine, CancellationToken cancellation)
    {
        using var scores = new SharedScores(record, experiment, store, machine, terminal, cancellation);
        var drawn = FeasibleDraws.Draw(_space, scores.Costs, FeasibleSet.Of(scores.Window), experiment.Random.Derive("trust"), settings.Architectures);
        if (drawn.Length < TrustReport.Fewest)
            throw new InputException($"only {drawn.Length} architectures are within {scores.Window.Tolerance:P0} of the target of run '{record.Name}', too few to compare.");
        // They run on the CPU, and the experiment of a finished search cannot be changed to say float32.
        var inFloat32 = experiment with { Train = experiment.Train with { Precision = Precision.Float32 } };
        if (experiment.Train.Precision != Precision.Float32) terminal.Note($"{Devices.TrainKey} is 'bfloat16'; architectures are trained on the CPU, in float32");
        var alone = new Dictionary<Genotype, List<double>>();
        for (int n = 0; n < settings.Seeds; n++)
        {
            ulong seed = n == 0 ? experiment.Seed : experiment.Random.Derive("trust seed", n).NextBits() >> 1;
            using var trainings = new PickTrainings(inFloat32, seed, Path.Combine(Folder, $"trainings-{seed}.csv"), terminal, cancellation);
            foreach (var genotype in drawn)
            {
                if (!alone.TryGetValue(genotype, out var tests)) alone[genotype] = tests = [];
                tests.Add(trainings.Train(genotype).Test);
            }
        }

        return scores.Compare([.. drawn.Select(genotype => (genotype, alone[genotype].ToImmutableArray()))], cancellation);
    }

    /// <summary>Takes what architectures are worth by themselves from a table of the same space.</summary>
    /// <exception cref="InputException">The table is of another space, or too few of its architectures are on target.</exception>
    public IReadOnlyList<TrustedArchitecture> ByTable(TabularBenchmark benchmark, RunMachine machine, CancellationToken cancellation)
    {
        if (benchmark.Space.Hash != _space.Hash)
            throw new InputException($"benchmark '{benchmark.Recipe.Name}' is of space '{benchmark.Space.Name}' (hash {benchmark.Space.Hash[..12]}), run '{record.Name}' of '{_space.Name}' ({_space.Hash[..12]}).");
        using var scores = new SharedScores(record, experiment, store, machine, terminal, cancellation);
        return scores.Compare(
            [.. benchmark.Entries.Where(entry => scores.Window.Contains(scores.Costs.Of(entry.Genotype)))
                .Select(entry => (entry.Genotype, entry.Trainings.Select(training => training.Test).ToImmutableArray()))],
            cancellation);
    }
}
