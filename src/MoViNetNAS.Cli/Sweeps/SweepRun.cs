using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using MoViNetNAS.Store;

namespace MoViNetNAS.Cli.Sweeps;

/// <summary>Runs the searches of a sweep one after the other; what has ended is not run again, what was stopped goes on.</summary>
internal sealed class SweepRun(RunStore store, RunMachine machine, Terminal terminal)
{
    /// <summary>All searches to their ends.</summary>
    /// <exception cref="InputException">Data are missing, or a target is out of reach.</exception>
    /// <exception cref="OperationCanceledException">Stopped; the same command goes on.</exception>
    public void Run(IReadOnlyList<SweepSearch> searches, CancellationToken cancellation)
    {
        for (int i = 0; i < searches.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var search = searches[i];
            var record = store.Runs().FirstOrDefault(run => run.Name == search.Run);
            terminal.Note($"search {i + 1} of {searches.Count}: space '{search.Space.Name}', target {search.Target.Label}{(record?.Status == RunStatus.Completed ? ": done already" : "")}");
            StoredSearch.Run(search.Run, search.Experiment, machine, store, terminal, cancellation);
        }
    }

    /// <summary>The front of each search, in their order.</summary>
    public IReadOnlyList<IReadOnlyList<Trial>> Fronts(IReadOnlyList<SweepSearch> searches) =>
        [.. searches.Select(search => MeasuredFront.Of(store.Trials(search.Run), search.Experiment.Search.Objective))];
}
