using System.IO.Compression;
using MoViNetNAS.Reporting;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using MoViNetNAS.Store;

namespace MoViNetNAS.Cli.Runs;

/// <summary>Takes an exported run into a store and its files into <c>results/</c>, all or nothing.</summary>
internal static class RunImport
{
    // Lies in the folder until the store has the run: a folder that still has it is half an import whose process was killed.
    private const string Unfinished = ".importing";

    /// <summary>Checks the file, then writes its files, then stores record and trials in one transaction.</summary>
    /// <param name="store">Where it goes.</param>
    /// <param name="path">A file of <see cref="RunExport"/>.</param>
    /// <param name="asked">Its name there; null for its own.</param>
    /// <returns>The record as stored.</returns>
    /// <exception cref="InputException">The file is damaged or no exported run, or the name is taken.</exception>
    /// <exception cref="MachineException">Something cannot be written; nothing stays.</exception>
    public static RunRecord Into(RunStore store, string path, string? asked)
    {
        using var zip = RunArchive.Open(path);
        var lineage = RunArchive.Check(path, zip);
        string name = asked ?? lineage.Record.Name;
        var folder = new RunFolder(store.Path, name);
        RequireFree(store, name, folder, isAsked: asked is not null);
        var record = lineage.Record with { Name = name };
        Trial[] trials = [.. lineage.Trials.Select(trial => trial with { Run = name })];
        try
        {
            string marker = Path.Combine(folder.Path, Unfinished);
            AtomicFile.WriteText(marker, "");
            foreach (var entry in zip.Entries.Where(entry => entry.FullName is not (RunArchive.ManifestFile or RunArchive.RecordFile or RunArchive.TrialsFile)))
            {
                AtomicFile.Write(Path.Combine(folder.Path, entry.FullName), target =>
                {
                    using var source = entry.Open();
                    source.CopyTo(target);
                });
            }

            Complete(folder, lineage.Record, record, trials);
            new RunLog(folder.Log, TimeProvider.System).Add("imported", new { file = Path.GetFileName(path), run = lineage.Record.Name });
            store.Add(record, trials);
            File.Delete(marker);
        }
        catch
        {
            folder.Delete();
            throw;
        }

        return record;
    }

    private static void RequireFree(RunStore store, string name, RunFolder folder, bool isAsked)
    {
        bool isTaken = store.Runs().Any(run => run.Name == name) || store.Models().Any(model => model.Name == name);
        if (!isTaken && File.Exists(Path.Combine(folder.Path, Unfinished))) folder.Delete();
        if (isAsked) RunNames.Check(name, store);
        if (isTaken || Directory.Exists(folder.Path))
            throw new InputException($"there is a run, model or folder '{name}' already; import it under another name: --name {RunNames.Next(name, store)}.");
    }

    // What says where the run lies and what it is called says so here; files that were gone when it was exported are made from the record.
    private static void Complete(RunFolder folder, RunRecord before, RunRecord record, Trial[] trials)
    {
        WriteMissing(folder.Config, record.Configuration);
        WriteMissing(folder.Space, record.Space);
        if (record.Latency is not null) WriteMissing(folder.Latency, record.Latency);
        if (!File.Exists(folder.Machine)) RunMachine.Of(record).Save(folder.Machine);
        if (!File.Exists(folder.Best)) return;
        var summary = SearchResults.ReadBest(folder.Best) with { Run = record.Name, Folder = folder.Path };
        if (record.Name == before.Name || !File.Exists(folder.Controller))
        {
            SearchResults.WriteBest(folder, summary);
            return;
        }

        using var reader = File.OpenText(folder.Controller);
        var steps = ControllerCsv.Read(reader, folder.Controller);
        IReadOnlyList<OptionCost> alternatives = File.Exists(folder.Alternatives) ? AlternativesCsv.Read(File.ReadAllLines(folder.Alternatives), folder.Alternatives) : [];
        SearchResults.Write(folder, record, summary, trials, steps, new CostWindow(record.Objective, record.Target, summary.Tolerance), alternatives);
    }

    private static void WriteMissing(string path, string text)
    {
        if (!File.Exists(path)) AtomicFile.WriteText(path, text);
    }
}
