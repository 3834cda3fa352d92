namespace MoViNetNAS.Data;

/// <summary>A source that the annotations have in two splits: its videos of <paramref name="LeftOutOf"/> are not used.</summary>
/// <param name="Source">The person, film or video on the net.</param>
/// <param name="Kept">The split that keeps it.</param>
/// <param name="LeftOutOf">The split that loses it.</param>
/// <param name="Videos">Videos left out.</param>
/// <param name="Example">The first of them.</param>
public sealed record SourceLeak(string Source, Split Kept, Split LeftOutOf, int Videos, string Example);
