using LiteDB;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using MoViNetNAS.Store.Rows;

namespace MoViNetNAS.Store;

/// <summary>Runs, trials and models in one LiteDB file, which one process at a time owns.</summary>
/// <remarks>Every method that stores returns when the data is on the disk (LiteDB syncs its log before a commit ends). Safe to
/// use from several threads. Keep the file off network file systems: locks do not hold there.</remarks>
public sealed class RunStore : IDisposable
{
    /// <summary>Version of the layout of the file.</summary>
    public const int SchemaVersion = 1;

    private const int ReadRows = 1024;

    private readonly Lock _gate = new();
    private readonly IDisposable _guard;
    private readonly LiteDatabase _database;
    private readonly ILiteCollection<TrialRow> _trials;
    private readonly NamedRows<RunRow> _runs;
    private readonly NamedRows<ModelRow> _models;
    private MachineException? _fault;

    private RunStore(string path, IDisposable guard, LiteDatabase database, bool isReadOnly)
    {
        Path = path;
        IsReadOnly = isReadOnly;
        _guard = guard;
        _database = database;
        _trials = database.GetCollection<TrialRow>("trials");
        _runs = new NamedRows<RunRow>(database.GetCollection<RunRow>("runs"));
        _models = new NamedRows<ModelRow>(database.GetCollection<ModelRow>("models"));
    }

    /// <summary>The file that was asked for.</summary>
    public string Path { get; }

    /// <summary>True when this is a reader's copy, which nothing can be stored in.</summary>
    public bool IsReadOnly { get; }

    /// <summary>Opens the store for reading and writing, making file and folder when missing; nobody else can do so until it is disposed.</summary>
    /// <exception cref="MachineException">Another process has it open (the message says which), the folder cannot be written, or the file is damaged.</exception>
    /// <exception cref="InputException">The file is not a store, or one of a newer version.</exception>
    public static RunStore Open(string path)
    {
        string target = Target(path);
        var guard = OwnerLock.Take(target);
        try
        {
            return Make(path, guard, StoreFile.Open(target, Mapper(), path), isReadOnly: false);
        }
        catch
        {
            guard.Dispose();
            throw;
        }
    }

    /// <summary>Opens a copy of the store as it is now, to read; works while a search writes, holds no lock and changes nothing.</summary>
    /// <exception cref="InputException">There is no such file, or it is not a store, or one of a newer version.</exception>
    /// <exception cref="MachineException">The file is damaged, or there is no room for the copy.</exception>
    public static RunStore OpenReadOnly(string path)
    {
        string target = Target(path);
        if (Directory.Exists(target)) throw new InputException($"{path} is a folder; a store is one file.");
        if (!File.Exists(target)) throw new InputException($"there is no store {path}; a search makes it, or name another file with --db.");
        return Snapshot.Take(target, (copy, guard) => Make(path, guard, StoreFile.Open(copy, Mapper(), path), isReadOnly: true));
    }

    /// <summary>Stores a run, in place of the one with its name.</summary>
    /// <exception cref="MachineException">It could not be stored; the old one is left as it was.</exception>
    public void Put(RunRecord run) => Store(() => _runs.Put(run.Name, number => RunRow.Of(run, number)));

    /// <summary>Stores a run that is not in the store, with all its trials, in one transaction.</summary>
    /// <exception cref="ArgumentException">There is a run of its name, or a trial is of another.</exception>
    /// <exception cref="MachineException">They could not be stored; nothing is.</exception>
    public void Add(RunRecord run, IReadOnlyList<Trial> trials)
    {
        if (Read(() => _runs.Number(run.Name)) is not null) throw new ArgumentException($"there is a run '{run.Name}' already.", nameof(run));
        if (trials.Any(trial => trial.Run != run.Name)) throw new ArgumentException($"a trial is not of the run '{run.Name}'.", nameof(trials));
        Store(() =>
        {
            // After a fault the store is closed for good, and what was not committed is not there when it is opened again.
            _database.BeginTrans();
            _runs.Put(run.Name, number => RunRow.Of(run, number));
            _trials.Insert(trials.Select(trial => TrialRow.Of(trial, Number(run.Name))));
            _database.Commit();
        });
    }

    /// <summary>Stores a model, in place of the one with its name.</summary>
    /// <exception cref="MachineException">It could not be stored; the old one is left as it was.</exception>
    public void Put(ModelRecord model) => Store(() => _models.Put(model.Name, number => ModelRow.Of(model, number)));

    /// <summary>Stores trials in one transaction, all or none; one with the same run, phase, step and candidate is replaced, an identical one is left alone.</summary>
    /// <exception cref="InputException">A trial's run is not in the store.</exception>
    /// <exception cref="MachineException">They could not be stored; none of them is.</exception>
    public void PutTrials(IReadOnlyList<Trial> trials) => Store(() =>
    {
        var fresh = new List<TrialRow>(trials.Count);
        foreach (var trial in trials)
        {
            var row = TrialRow.Of(trial, Number(trial.Run));
            if (_trials.FindById(row.Key)?.ToTrial(trial.Run) != trial) fresh.Add(row);
        }

        if (fresh.Count > 0) _trials.Upsert(fresh);
    });

    /// <summary>The run called <paramref name="name"/>.</summary>
    /// <exception cref="InputException">There is none; the message names the nearest.</exception>
    public RunRecord Run(string name) => Read(() => _runs.Find(name)?.ToRecord() ?? throw NoRun(name));

    /// <summary>All runs, the oldest first.</summary>
    public IReadOnlyList<RunRecord> Runs() => Read(() => _runs.All()
        .Select(row => row.ToRecord()).OrderBy(run => run.StartedUtc).ThenBy(run => run.Name, StringComparer.Ordinal).ToList());

    /// <summary>The model called <paramref name="name"/>.</summary>
    /// <exception cref="InputException">There is none; the message names the nearest.</exception>
    public ModelRecord Model(string name) => Read(() => _models.Find(name)?.ToRecord()
        ?? throw new InputException($"{Path} has no model '{name}'{NearestName.End(name, _models.Names)}"));

    /// <summary>All models, the oldest first.</summary>
    public IReadOnlyList<ModelRecord> Models() => Read(() => _models.All()
        .Select(row => row.ToRecord()).OrderBy(model => model.CreatedUtc).ThenBy(model => model.Name, StringComparer.Ordinal).ToList());

    /// <summary>The trials of <paramref name="run"/> by phase, step and candidate, read a page at a time.</summary>
    /// <remarks>The store may be written to between two of them: no transaction is open then.</remarks>
    /// <exception cref="InputException">There is no such run.</exception>
    public IEnumerable<Trial> Trials(string run)
    {
        int number = Read(() => Number(run));
        return Pages();

        IEnumerable<Trial> Pages()
        {
            byte[] from = TrialKey.First(number), to = TrialKey.Last(number);
            while (true)
            {
                var page = Read(() => _trials.Find(Query.Between("_id", from, to), 0, ReadRows).ToList());
                foreach (var row in page) yield return row.ToTrial(run);
                if (page.Count < ReadRows) yield break;
                from = TrialKey.After(page[^1].Key);
            }
        }
    }

    /// <summary>How many trials <paramref name="run"/> has.</summary>
    /// <exception cref="InputException">There is no such run.</exception>
    public int TrialCount(string run) => Read(() =>
    {
        int number = Number(run);
        return _trials.Count(Query.Between("_id", TrialKey.First(number), TrialKey.Last(number)));
    });

    /// <summary>Closes the file and lets the next owner in; everything that was stored is kept, whatever happens.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            // A broken engine may wait for itself for ever when it is closed.
            if (_fault is null) StoreFile.Close(_database);
            else Task.Run(() => StoreFile.Close(_database)).Wait(TimeSpan.FromSeconds(2));
            _guard.Dispose();
        }
    }

    private static RunStore Make(string path, IDisposable guard, LiteDatabase database, bool isReadOnly)
    {
        try
        {
            return new RunStore(path, guard, database, isReadOnly);
        }
        catch (Exception e)
        {
            StoreFile.Close(database);
            throw new MachineException($"the store {path} is damaged ({e.Message}); restore it from a copy or choose another file with --db.", e);
        }
    }

    // The default mapper trims texts and makes null of empty ones.
    private static BsonMapper Mapper() => new() { EmptyStringToNull = false, TrimWhitespace = false };

    // The lock lies beside the real file, so that a link to it is no way round.
    private static string Target(string path)
    {
        if (string.IsNullOrWhiteSpace(path)) throw new InputException("the store's file name is empty.");
        string full = System.IO.Path.GetFullPath(path);
        var file = new FileInfo(full);
        return file.LinkTarget is null ? full : file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? full;
    }

    private int Number(string run) => _runs.Number(run) ?? throw NoRun(run);

    private InputException NoRun(string name) => new($"{Path} has no run '{name}'{NearestName.End(name, _runs.Names)}");

    private void Store(Action action)
    {
        if (IsReadOnly) throw new InvalidOperationException($"{Path} was opened to read");
        Read(() =>
        {
            action();
            RequireWritten();
            return true;
        });
    }

    // LiteDB writes its log from a queue of its own, and a commit can return although the disk took less than it was given (seen
    // with full disks, in one of six tries). So a write counts when the log is as long as LiteDB believes, soon.
    private void RequireWritten()
    {
        using var reader = _database.Execute("SELECT logFileSize FROM $database");
        if (!reader.Read()) return;
        long expected = reader.Current["logFileSize"].AsInt64;
        for (int tries = 0; Length(StoreFile.LogPath(Path)) < expected; tries++)
        {
            if (tries == 40) throw new IOException("the disk took less than was written; it is probably full");
            Thread.Sleep(25);
        }
    }

    private static long Length(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;

    // After a fault LiteDB has closed its files: every later call reports the same fault, and a new Open finds what was committed.
    private T Read<T>(Func<T> action)
    {
        lock (_gate)
        {
            if (_fault is not null) throw new MachineException(_fault.Message, _fault);
            try
            {
                return action();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw _fault = new MachineException($"cannot write the store {Path}: {e.Message}", e);
            }
            catch (Exception e) when (e is not (InputException or MachineException or OverflowException))
            {
                // LiteDB tells faults of its engine by many types: its own, missing references, broken invariants.
                throw _fault = new MachineException($"the store {Path} cannot be used any longer: {e.Message}", e);
            }
        }
    }
}
