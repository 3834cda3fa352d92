namespace MoViNetNAS.Data;

/// <summary>One labelled video of a split.</summary>
/// <param name="Id">Its name within the data set, such as the path in the manifest with forward slashes.</param>
/// <param name="Label">Index into <see cref="IClipDataset.Classes"/>.</param>
/// <param name="Source">Where it comes from (person, camera, speaker); no source is in two splits.</param>
public sealed record ClipItem(string Id, int Label, string Source);
