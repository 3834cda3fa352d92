namespace MoViNetNAS.Data;

/// <summary>One question that a clip's labels answer, and the run of classes that are its answers.</summary>
/// <param name="Name">"class" when there is one; "verb", "noun".</param>
/// <param name="First">Index of its first class in <see cref="IClipDataset.Classes"/>.</param>
/// <param name="Count">Its classes, at least 2.</param>
/// <param name="IsMultiLabel">Whether any number of them may be right (Charades), or exactly one.</param>
public sealed record LabelHead(string Name, int First, int Count, bool IsMultiLabel)
{
    /// <summary>The only head of a data set with exactly one right class a clip.</summary>
    public static LabelHead Single(int classes) => new("class", 0, classes, IsMultiLabel: false);
}
