using MoViNetNAS.Search;

namespace MoViNetNAS.Reporting;

/// <summary>What one method reached over its compute, over several seeds.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Band">Its points, by rising compute; see <see cref="AnytimeBand"/>.</param>
public sealed record AnytimeSeries(string Name, IReadOnlyList<AnytimePoint> Band);
