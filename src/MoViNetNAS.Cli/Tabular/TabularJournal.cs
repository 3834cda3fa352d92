using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Tabular;

/// <summary>The trainings that are done so far, one line each; a line that was cut off by a crash is done again.</summary>
internal sealed class TabularJournal : IDisposable
{
    private readonly FileStream _file;
    private readonly string _path;
    private readonly Dictionary<(string Genotype, ulong Seed), TabularRow> _rows = [];

    /// <param name="path">The file, made when missing.</param>
    /// <param name="scores">Scores of a training.</param>
    /// <exception cref="InputException">Its lines are of another recipe.</exception>
    /// <exception cref="MachineException">It cannot be opened, for example because another process builds the same part.</exception>
    public TabularJournal(string path, int scores)
    {
        _path = path;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"cannot open {path}: {e.Message}", e);
        }

        using var reader = new StreamReader(_file, leaveOpen: true);
        string text = reader.ReadToEnd();
        int whole = text.LastIndexOf('\n') + 1;
        foreach (string line in text[..whole].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var row = TabularRow.Parse(line, scores) ?? throw new InputException($"{path}: '{line}' is no training with {scores} scores; it belongs to another recipe, or is damaged.");
            _rows[(row.Genotype, row.Training.Seed)] = row;
        }

        _file.SetLength(whole); // the text is ASCII
        _file.Seek(0, SeekOrigin.End);
    }

    /// <summary>What is done.</summary>
    public IReadOnlyDictionary<(string Genotype, ulong Seed), TabularRow> Rows => _rows;

    /// <summary>Adds a training; it is on the disk when this returns.</summary>
    /// <exception cref="MachineException">The disk is full, for example; earlier lines are whole.</exception>
    public void Add(TabularRow row)
    {
        try
        {
            _file.Write(System.Text.Encoding.ASCII.GetBytes(row.ToText() + "\n"));
            _file.Flush(flushToDisk: true);
        }
        catch (IOException e)
        {
            throw new MachineException($"cannot write {_path}: {e.Message}", e);
        }

        _rows[(row.Genotype, row.Training.Seed)] = row;
    }

    public void Dispose() => _file.Dispose();
}
