using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>What an official layout gathers while it reads: classes, videos and faults.</summary>
internal sealed class LayoutReading
{
    private readonly string _annotations;
    private readonly Lazy<VideoIndex> _index;
    private readonly List<string> _classes = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string File, int Line)> _ids = new(StringComparer.Ordinal);

    public LayoutReading(string root, string annotations)
    {
        Root = root;
        _annotations = annotations;
        _index = new Lazy<VideoIndex>(() => VideoIndex.Of(root));
    }

    public string Root { get; }

    public AnnotationFaults Faults { get; } = new();

    /// <summary>What is wrong and was in the published files too: told, and the videos are used.</summary>
    public AnnotationFaults Flaws { get; } = new();

    public List<ListedVideo> Videos { get; } = [];

    public IReadOnlyList<string> Classes => _classes;

    /// <summary>For layouts of several labels a video; empty: one head with one label.</summary>
    public List<LabelHead> Heads { get; } = [];

    /// <summary>The annotation file for messages about the whole.</summary>
    public string Origin { get; set; } = "";

    /// <summary>The one file called one of <paramref name="names"/>, or something before it that ends in '_' or '-', in the
    /// annotation folder; when the user names none: in the data folder, <c>annotations</c>, or one of <paramref name="folders"/>.</summary>
    /// <exception cref="InputException">There is none, or more than one.</exception>
    public string FileCalled(string[] names, params string[] folders)
    {
        string[] places = Places(folders);
        foreach (string place in places.Where(Directory.Exists))
        {
            string[] files = [.. Directory.EnumerateFiles(place).Order(StringComparer.Ordinal)];
            string[] matches = [.. files.Where(file => names.Any(name => IsCalled(Path.GetFileName(file), name)))];
            if (matches.Length > 1)
            {
                throw new InputException(
                    $"{place} has {matches.Length} files that could be {names[0]}: {string.Join(", ", matches.Select(Path.GetFileName))}; "
                    + "give the folder of the right one as data.annotations.");
            }

            if (matches.Length == 0) continue;
            if (Origin.Length == 0) Origin = matches[0];
            return matches[0];
        }

        string near = places.Where(Directory.Exists).SelectMany(Directory.EnumerateFiles).Select(Path.GetFileName)
            .OfType<string>().ToList() is { Count: > 0 } there ? NearestName.End(names[0], there) : ".";
        throw new InputException($"annotation file {string.Join(" or ", names)} is not in {string.Join(" or ", places)}{near}");
    }

    /// <summary>Where annotation files may be: where the user says, or in the data folder, <paramref name="folders"/> and <c>annotations</c>.</summary>
    public string[] Places(params string[] folders) => _annotations.Length > 0
        ? [Path.GetFullPath(_annotations, Root)]
        : [Root, .. folders.Append("annotations").Select(folder => Path.Combine(Root, folder))];

    /// <summary>Adds a class at the end of the list.</summary>
    public void AddClass(string name)
    {
        if (_known.Add(name)) _classes.Add(name);
    }

    /// <summary>Sorts the classes, for data sets without a list of them.</summary>
    public void SortClasses() => _classes.Sort(StringComparer.Ordinal);

    /// <summary>Whether <paramref name="name"/> is a class; notes a fault when not.</summary>
    public bool IsClass(string file, int line, string name)
    {
        if (_known.Contains(name)) return true;
        string hint = Faults.IsFull ? "" : NearestName.Hint(name, _classes);
        Faults.Add(file, line, $"'{name}' is none of the {_classes.Count} classes{hint}");
        return false;
    }

    /// <summary>Adds the video whose path ends in <paramref name="tail"/>; when it is not on disk, as missing under that name.</summary>
    /// <param name="file">The annotation file.</param>
    /// <param name="line">The line in it.</param>
    /// <param name="tail">"id" or "class/id", no extension.</param>
    /// <param name="extension">What the data set's own videos end in.</param>
    /// <param name="label">The class, known.</param>
    /// <param name="split">The split.</param>
    /// <param name="source">The source.</param>
    /// <param name="mayRepeat">Whether the data set has clips under several labels or twice: each label is kept once, and none is a fault.</param>
    public void AddVideo(string file, int line, string tail, string extension, string label, Split split, string source, bool mayRepeat = false)
    {
        if (mayRepeat ? !_ids.TryAdd($"{split}/{label}/{tail}", (file, line)) : !IsNew(file, line, tail)) return;
        string id = _index.Value.Find(tail) ?? tail + extension;
        Videos.Add(new ListedVideo(id, FullPath(id), label, split, source));
    }

    /// <summary>As <see cref="AddVideo(string, int, string, string, string, Split, string, bool)"/>, for a video of any number of classes, with the <paramref name="times"/> at which they are to be seen.</summary>
    public void AddVideo(string file, int line, string tail, string extension, IReadOnlyList<string> labels, Split split, string source, LabelTimes? times)
    {
        if (!IsNew(file, line, tail)) return;
        string id = _index.Value.Find(tail) ?? tail + extension;
        Videos.Add(new ListedVideo(id, FullPath(id), labels, split, source) { Times = times });
    }

    /// <summary>As <see cref="AddVideo(string, int, string, string, string, Split, string, bool)"/>, for the part <paramref name="span"/> of a video file, which has the name <paramref name="name"/> of its own.</summary>
    public void AddSegment(string file, int line, string name, string tail, string extension, VideoSpan span, IReadOnlyList<string> labels, Split split, string source)
    {
        if (!IsNew(file, line, name)) return;
        string path = _index.Value.Find(tail, isFile: true) ?? tail + extension;
        Videos.Add(new ListedVideo($"{path}#{name}", FullPath(path), labels, split, source) { Span = span });
    }

    private bool IsNew(string file, int line, string id)
    {
        if (_ids.TryAdd(id, (file, line))) return true;
        var (before, at) = _ids[id];
        Faults.Add(file, line, $"'{id}' is listed before, in {Path.GetFileName(before)}({at})");
        return false;
    }

    private string FullPath(string path) => Path.Combine(Root, path.Replace('/', Path.DirectorySeparatorChar));

    private static bool IsCalled(string file, string name) =>
        file.EndsWith(name, StringComparison.Ordinal) && (file.Length == name.Length || file[^(name.Length + 1)] is '_' or '-');
}
