using MoViNetNAS.Cli.Output;
using MoViNetNAS.Store;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Runs;

/// <summary>Goes on with a search that was stopped, on the device and with the threads that it began with.</summary>
internal static class ResumedSearch
{
    /// <param name="store">Where its record is.</param>
    /// <param name="name">The run.</param>
    /// <param name="data">Folder of the videos; null for where they were.</param>
    /// <param name="terminal">For progress.</param>
    /// <param name="cancellation">Stops it at its next safe point.</param>
    public static SearchSummary Run(RunStore store, string name, string? data, Terminal terminal, CancellationToken cancellation)
    {
        var record = store.Run(name);
        var folder = new RunFolder(store.Path, name);
        var experiment = Experiment.Load(folder.Config);
        if (data is not null) experiment = experiment with { Data = experiment.Data.At(data) };
        var machine = RunMachine.Load(folder.Machine);
        Devices.UseThreads(machine.Threads);
        using var run = new SearchRun(name, experiment, machine, store, terminal, cancellation);
        run.Continue(record);
        return run.Run(cancellation);
    }
}
