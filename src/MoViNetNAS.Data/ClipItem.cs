namespace MoViNetNAS.Data;

/// <summary>One labelled video of a split.</summary>
/// <param name="Id">Its name within the data set, such as the path in the manifest with forward slashes.</param>
/// <param name="Labels">The classes that are right.</param>
/// <param name="Source">Where it comes from (person, camera, speaker); no source is in two splits.</param>
public sealed record ClipItem(string Id, LabelSet Labels, string Source)
{
    /// <summary>A video of one class.</summary>
    public ClipItem(string id, int label, string source)
        : this(id, new LabelSet(label), source)
    {
    }
}
