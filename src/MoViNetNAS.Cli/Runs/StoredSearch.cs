using MoViNetNAS.Cli.Output;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using MoViNetNAS.Store;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Runs;

/// <summary>A search of many that a command needs: found where it has ended, gone on with where it was stopped, and else begun.</summary>
internal static class StoredSearch
{
    /// <summary>The ended search called <paramref name="name"/>.</summary>
    /// <exception cref="InputException">One of that name is of other settings; or data are missing, or a target is out of reach.</exception>
    /// <exception cref="OperationCanceledException">Stopped; the same call goes on.</exception>
    public static RunRecord Run(string name, Experiment experiment, RunMachine machine, RunStore store, Terminal terminal, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var known = store.Runs().FirstOrDefault(run => run.Name == name);
        if (known is not null && known.Configuration != experiment.ToJson("space.json", "latency.json"))
            throw new InputException($"run '{name}' in {store.Path} is of other settings than are asked for now: choose another name in the file, or use another --db.");
        if (known?.Status == RunStatus.Completed) return known;
        // A run that goes on needs the threads it began with, to be the same to the last bit.
        var on = known is null ? machine : RunMachine.Load(new RunFolder(store.Path, name).Machine);
        Devices.UseThreads(on.Threads);
        using (var run = new SearchRun(name, experiment, on, store, terminal, cancellation))
        {
            if (known is null) run.Begin();
            else run.Continue(known);
            run.Run(cancellation);
        }

        Devices.UseThreads(machine.Threads);
        return store.Run(name);
    }
}
