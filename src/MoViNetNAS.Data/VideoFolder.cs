using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>A folder of videos, in a layout such as a <c>manifest.csv</c> or that of a public data set, as a data set.</summary>
/// <remarks>
/// <para>Every video is decoded once, by the ffmpeg program, into a file of frames in the user's cache folder; another start
/// finds them there. Videos that cannot be decoded are left out and listed, not fatal. Splits are by source, never by clip.</para>
/// <para>Training: a random start (within the video when it is long enough, else anywhere, going round), a random square out of
/// the margin, the same for all frames, and a mirror image half of the time. Evaluation: the clip in the middle of the video and
/// of the picture. Source: the official MoViNet input pipeline, whose random resizing and AutoAugment are in
/// <see cref="VideoFolderOptions.Augment"/>. Where the layout says when each class is to be seen, a training clip is taught those of the
/// stretch of video from its first frame to its last.</para>
/// </remarks>
public sealed class VideoFolder : IClipDataset
{
    // Which order the frames of an evaluated clip are in belongs to the data, not to a run.
    private static readonly RandomStream ShuffleSeed = new RandomStream(1).Derive("shuffled time");

    private readonly VideoFolderOptions _options;
    private readonly FrameGeometry _geometry;
    private readonly ClipItem[][] _items;
    private readonly StoredVideo[][] _videos;
    private readonly TimedLabels?[][] _times;

    /// <summary>Reads the annotations and decodes what is not in the cache yet.</summary>
    /// <param name="options">Where the videos are and how they become clips.</param>
    /// <param name="progress">Told after every video, from several threads.</param>
    /// <param name="cancellation">Stops decoding; what is finished stays in the cache.</param>
    /// <exception cref="InputException">The folder or its annotations are missing or wrong; an option is out of its range; or, for
    /// want of usable videos, a split that the annotations have is empty or fewer than 2 classes remain.</exception>
    /// <exception cref="MachineException">ffmpeg is not installed, or the cache folder cannot be written (disk full).</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was signalled.</exception>
    public VideoFolder(VideoFolderOptions options, IProgress<DecodingProgress>? progress = null, CancellationToken cancellation = default)
    {
        options.Check();
        _options = options;
        _geometry = FrameGeometry.WithMargin(options.Input.Resolution, options.CropMargin, options.Fit);
        VideoListing listing = options.List();
        IReadOnlyList<ListedVideo> rows = listing.Videos;
        Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Folder))) + (options.IsTimeShuffled ? "-shuffled" : "");
        Sources = [.. rows.Select(row => row.Source).Distinct()];
        Classes = listing.Classes;
        Heads = listing.Heads;
        Dictionary<string, int> labels = Classes.Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => pair.i);
        VideoDecoder.Result[] results = VideoDecoder.DecodeAll(options, rows, progress, cancellation);

        Unusable = [.. rows.Zip(results).Where(pair => pair.Second.Video is null)
            .Select(pair => new UnusableVideo(pair.First.Id, pair.Second.Reason!))];
        var usable = rows.Zip(results).Where(pair => pair.Second.Video is not null).ToLookup(pair => pair.First.Split);
        _items = [.. Enum.GetValues<Split>().Select(split => usable[split].Select(pair => new ClipItem(pair.First.Id, new LabelSet(pair.First.Labels.Select(label => labels[label])), pair.First.Source)).ToArray())];
        _videos = [.. Enum.GetValues<Split>().Select(split => usable[split].Select(pair => pair.Second.Video!).ToArray())];
        _times = [.. Enum.GetValues<Split>().Select(split => usable[split].Select(pair => TimedLabels.Of(pair.First.Times, pair.Second.Video!, labels)).ToArray())];
        CheckEnoughIsLeft(listing);
        Warnings = [.. FindWarnings(listing)];
        // The lengths stand for the content: a time stamp would differ between two copies of the same data.
        SplitHash = SplitFingerprint.Of(
            string.Join(',', Enum.GetValues<Split>().SelectMany(split => usable[split]).Select(pair => VideoStamp.Of(pair.First.FullPath).Bytes))
                + (options.IsTimeShuffled ? " shuffled" : "") + string.Concat(usable[Split.Weights].Select(pair => pair.First.Times?.Text)),
            Classes, Heads, Items);
    }

    /// <summary>The name of the folder; with shuffled frames "-shuffled" after it.</summary>
    public string Name { get; }

    /// <summary>The class names, in the order the layout gives them.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <inheritdoc/>
    public IReadOnlyList<LabelHead> Heads { get; }

    /// <inheritdoc/>
    public InputShape Input => _options.Input;

    /// <inheritdoc/>
    public string SplitHash { get; }

    /// <summary>The sources of all listed videos, in the order of the listing: what <see cref="VideoFolderOptions.LeaveOut"/> may be.</summary>
    public IReadOnlyList<string> Sources { get; }

    /// <summary>Videos of the annotations that were left out, and why.</summary>
    public IReadOnlyList<UnusableVideo> Unusable { get; }

    /// <summary>What is odd about annotations and videos that are used (an action that ends before it begins; cut off, too long) and classes
    /// that are never trained.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ClipItem> Items(Split split) => _items[(int)split];

    internal bool HasSegments => _options.Sampling == FrameSampling.Segments;

    /// <summary>Frames of the video of item <paramref name="index"/>, at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is not that of an item.</exception>
    public int VideoFrames(Split split, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, _videos[(int)split].Length);
        return _videos[(int)split][index].Frames;
    }

    /// <inheritdoc/>
    public LabelSet Read(Split split, int index, RandomStream? augmentation, Span<byte> pixels)
    {
        if (augmentation is null)
        {
            ReadView(split, index, ClipView.Middle, pixels);
            return _items[(int)split][index].Labels;
        }

        // The order of these draws never changes: what was added later is drawn from streams derived by name.
        int[] frames = TrainingFrames(VideoFrames(split, index), augmentation);
        StoredVideo video = _videos[(int)split][index];
        int resolution = Input.Resolution, top = augmentation.Below(video.Height - resolution + 1), left = augmentation.Below(video.Width - resolution + 1);
        bool isMirrored = _options.IsFlipped && augmentation.Chance(0.5);
        FrameBox box = _options.Augment.ResizedCrop?.Draw(video.Height, video.Width, augmentation.Derive("resized crop")) ?? new FrameBox(top, left, resolution, resolution);
        Copy(split, index, frames, box, isMirrored, augmentation, pixels);
        _options.Augment.Apply(pixels, resolution, augmentation);
        return _times[(int)split][index]?.In(frames) ?? _items[(int)split][index].Labels;
    }

    /// <inheritdoc/>
    /// <exception cref="InputException">Three crops are asked of frames that were not stored wide.</exception>
    public void ReadView(Split split, int index, ClipView view, Span<byte> pixels)
    {
        view.Check();
        if (view.Crops > 1 && _options.Fit != VideoFit.Wide)
            throw new InputException($"data set '{Name}': {view.Crops} crops need frames that keep their long side: set data.fit to 'wide', not '{_options.Fit.ToString().ToLowerInvariant()}'.");
        int length = VideoFrames(split, index);
        int[] frames = _options.Sampling == FrameSampling.Segments
            ? FrameChoice.Segments(length, Input.Frames, () => (view.Window + 0.5) / view.Windows)
            : DenseFrames(length, FrameChoice.WindowStart(length, Input.Frames, Input.FrameStride, view.Window, view.Windows));
        CopyView(split, index, frames, view, pixels);
    }

    /// <summary>Fills <paramref name="pixels"/> with the clip that begins at frame <paramref name="start"/>, in the evaluation
    /// transform, its frames one stride apart and going round at the end of the video: for evaluating several windows of a video.</summary>
    /// <param name="split">The split the item is in.</param>
    /// <param name="index">Position in <see cref="Items"/>.</param>
    /// <param name="start">First frame, in [0, <see cref="VideoFrames"/>).</param>
    /// <param name="pixels">[T, H, W, 3], uint8, exactly that long.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> or <paramref name="start"/> is out of its range.</exception>
    /// <exception cref="ArgumentException"><paramref name="pixels"/> has another length.</exception>
    /// <exception cref="MachineException">The stored frames cannot be read.</exception>
    public void ReadWindow(Split split, int index, int start, Span<byte> pixels)
    {
        int length = VideoFrames(split, index);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(start, length);
        CopyView(split, index, DenseFrames(length, start), ClipView.Middle, pixels);
    }

    private int[] DenseFrames(int length, int start) => FrameChoice.Dense(length, Input.Frames, start, Input.FrameStride);

    private int[] TrainingFrames(int length, RandomStream random)
    {
        if (_options.Sampling == FrameSampling.Segments) return FrameChoice.Segments(length, Input.Frames, random.Uniform);
        int stride = Input.FrameStride;
        if (_options.StrideRange > 0)
        {
            int least = Math.Max(stride - _options.StrideRange, 1);
            stride = least + random.Below(stride + _options.StrideRange - least);
        }

        long room = length - (Input.Frames - 1L) * stride; // starts from which the video need not go round
        return FrameChoice.Dense(length, Input.Frames, random.Below(room > 0 ? (int)room : length), stride);
    }

    private void CopyView(Split split, int index, int[] frames, ClipView view, Span<byte> pixels)
    {
        StoredVideo video = _videos[(int)split][index];
        int resolution = Input.Resolution;
        int Offset(int size, bool isLonger) => (isLonger && view.Crops > 1 ? view.Crop : 1) switch
        {
            0 => 0,
            1 => _geometry.Middle(size, resolution),
            _ => size - resolution,
        };
        int top = Offset(video.Height, video.Height > video.Width), left = Offset(video.Width, video.Width > video.Height);
        Copy(split, index, frames, new FrameBox(top, left, resolution, resolution), isMirrored: false, null, pixels);
    }

    private void Copy(Split split, int index, int[] frames, FrameBox box, bool isMirrored, RandomStream? augmentation, Span<byte> pixels)
    {
        ClipSize.Check(Input, _items[(int)split].Length, index, pixels);
        if (_options.IsTimeShuffled)
        {
            RandomStream order = augmentation?.Derive("time") ?? ShuffleSeed.Derive(split.ToString()).Derive(_items[(int)split][index].Id);
            frames = [.. order.Permutation(frames.Length).Select(t => frames[t])];
        }

        _videos[(int)split][index].CopyTo(frames, box, Input.Resolution, isMirrored, pixels);
    }

    private void CheckEnoughIsLeft(VideoListing listing)
    {
        string first = Unusable.Count == 0 ? "" : $" Of {listing.Videos.Count} videos {Unusable.Count} cannot be used, the first is {Unusable[0].Path}: {Unusable[0].Reason}.";
        foreach (Split split in listing.Videos.Select(video => video.Split).Distinct().Order())
        {
            if (Items(split).Count == 0) throw new InputException($"{listing.Origin}: no usable video is left in the split {Manifest.NameOf(split)}.{first}");
        }

        int[] present = [.. _items.SelectMany(items => items).SelectMany(item => item.Labels).Distinct()];
        foreach (LabelHead head in Heads)
        {
            int classes = present.Count(label => label >= head.First && label < head.First + head.Count);
            if (classes < 2) throw new InputException($"{listing.Origin}: usable videos of {classes} {head.Name} only, at least 2 are needed.{first}");
        }
    }

    private IEnumerable<string> FindWarnings(VideoListing listing)
    {
        IReadOnlyList<SourceLeak> leaks = listing.Leaks;
        if (leaks.Count > 0)
        {
            yield return $"{leaks.Sum(leak => leak.Videos)} videos of {leaks.Count} sources are left out, because another split has the same source; "
                + $"the first is {leaks[0].Example}: '{leaks[0].Source}' is in {Manifest.NameOf(leaks[0].Kept)} too";
        }

        foreach (string flaw in listing.Flaws) yield return flaw;
        foreach ((ClipItem item, StoredVideo video) in _items.SelectMany(items => items).Zip(_videos.SelectMany(videos => videos)))
        {
            if (video.Warning.Length > 0) yield return $"{item.Id}: {video.Warning}";
        }

        if (Items(Split.Weights).Count == 0) yield break;
        HashSet<int> trained = [.. Items(Split.Weights).SelectMany(item => item.Labels)];
        foreach (string name in Classes.Where((_, label) => !trained.Contains(label)))
            yield return $"class '{name}' has no usable video to train on";
    }
}
