using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>A folder with a <c>manifest.csv</c>: columns path, label, split (train, val, test) and subject; others are ignored.</summary>
/// <remarks>A subject in two splits is an error here: the file is the user's own.</remarks>
public sealed record ManifestLayout : IVideoLayout
{
    /// <inheritdoc/>
    public VideoListing List(string folder)
    {
        IReadOnlyList<ManifestRow> rows = Manifest.Read(folder);
        return new VideoListing(
            Path.Combine(Path.GetFullPath(folder), Manifest.FileName),
            [.. rows.Select(row => row.Label).Distinct().Order(StringComparer.Ordinal)],
            [.. rows.Select(row => new ListedVideo(row.Path, row.FullPath, row.Label, row.Split, row.Subject))],
            []);
    }
}
