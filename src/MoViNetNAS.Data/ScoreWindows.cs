using System.Security.Cryptography;
using System.Text;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>A folder of videos whose <see cref="Split.Score"/> has several clips of each video, evenly spread over its length.</summary>
/// <remarks>A small held-out split gives coarse scores (10 videos: steps of 10 %). More windows of the same videos are not
/// independent, but they average out where in the video a clip happens to lie. The other splits are the folder's own.</remarks>
public sealed class ScoreWindows : IClipDataset
{
    private readonly VideoFolder _videos;
    private readonly int _windows;
    private readonly ClipItem[] _score;

    /// <param name="videos">The folder.</param>
    /// <param name="windows">Clips of each video of the score split, at least 1.</param>
    public ScoreWindows(VideoFolder videos, int windows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(windows, 1);
        (_videos, _windows) = (videos, windows);
        _score = [.. videos.Items(Split.Score).SelectMany(item => Enumerable.Range(0, windows).Select(w => item with { Id = $"{item.Id}#{w + 1}" }))];
        SplitHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{videos.SplitHash} score windows {windows}")));
    }

    /// <summary>The folder.</summary>
    public VideoFolder Videos => _videos;

    /// <inheritdoc/>
    public string Name => _videos.Name;

    /// <inheritdoc/>
    public IReadOnlyList<string> Classes => _videos.Classes;

    /// <inheritdoc/>
    public IReadOnlyList<LabelHead> Heads => _videos.Heads;

    /// <inheritdoc/>
    public InputShape Input => _videos.Input;

    /// <inheritdoc/>
    public string SplitHash { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ClipItem> Items(Split split) => split == Split.Score ? _score : _videos.Items(split);

    /// <inheritdoc/>
    public LabelSet Read(Split split, int index, RandomStream? augmentation, Span<byte> pixels)
    {
        if (split != Split.Score) return _videos.Read(split, index, augmentation, pixels);

        var (video, window) = Math.DivRem(index, _windows);
        if (_videos.HasSegments)
        {
            _videos.ReadView(split, video, new ClipView(window, _windows, 0, 1), pixels);
            return _score[index].Labels;
        }

        int span = (Input.Frames - 1) * Input.FrameStride + 1;
        int free = Math.Max(0, _videos.VideoFrames(split, video) - span);
        _videos.ReadWindow(split, video, _windows == 1 ? free / 2 : free * window / (_windows - 1), pixels);
        return _score[index].Labels;
    }

    /// <inheritdoc/>
    /// <remarks>A clip of the score split is one window already.</remarks>
    public void ReadView(Split split, int index, ClipView view, Span<byte> pixels)
    {
        view.Check();
        if (split != Split.Score)
            _videos.ReadView(split, index, view, pixels);
        else if (view == ClipView.Middle)
            Read(split, index, null, pixels);
        else
            throw new InputException($"data set '{Name}': each clip of the score split is one of {_windows} windows, and cannot be taken as {view.Windows} x {view.Crops} views.");
    }
}
