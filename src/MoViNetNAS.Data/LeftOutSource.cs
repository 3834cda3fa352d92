using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>One fold of leaving one source out: its videos are the test, all others train.</summary>
internal static class LeftOutSource
{
    private const int MostNamed = 30;

    /// <exception cref="InputException">No video is of <paramref name="source"/>.</exception>
    public static VideoListing Of(VideoListing listing, string source)
    {
        string[] sources = [.. listing.Videos.Select(video => video.Source).Distinct()];
        if (!sources.Contains(source))
        {
            string more = sources.Length > MostNamed ? $" and {sources.Length - MostNamed} more" : "";
            throw new InputException(
                $"{listing.Origin}: no video has the source '{source}' that is to be left out{NearestName.End(source, sources)} "
                + $"Its sources are {string.Join(", ", sources.Take(MostNamed))}{more}.");
        }

        return listing with
        {
            Videos = [.. listing.Videos.Select(video => video with { Split = video.Source == source ? Split.Test : Split.Weights })],
        };
    }
}
