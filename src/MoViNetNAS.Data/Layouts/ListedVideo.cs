namespace MoViNetNAS.Data;

/// <summary>One labelled video of a listing. Equal by value.</summary>
/// <param name="Id">Its path in the data set, with forward slashes.</param>
/// <param name="FullPath">The video file, or the folder of its frames; need not exist.</param>
/// <param name="Labels">The names of its classes: one, one of each head, or any number.</param>
/// <param name="Split">What it is used for.</param>
/// <param name="Source">What it was cut out of (person, film, video on the net); decides the split.</param>
public sealed record ListedVideo(string Id, string FullPath, IReadOnlyList<string> Labels, Split Split, string Source)
{
    /// <summary>A video of one class.</summary>
    public ListedVideo(string id, string fullPath, string label, Split split, string source)
        : this(id, fullPath, [label], split, source)
    {
    }

    /// <summary>The part of the file that is the clip; null: all of it.</summary>
    public VideoSpan? Span { get; init; }

    /// <summary>When each class is to be seen, for training clips that are taught what they show; null: all classes hold throughout.</summary>
    public LabelTimes? Times { get; init; }

    /// <inheritdoc/>
    public bool Equals(ListedVideo? other) => other is not null && Labels.SequenceEqual(other.Labels)
        && (Id, FullPath, Split, Source, Span, Times) == (other.Id, other.FullPath, other.Split, other.Source, other.Span, other.Times);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, FullPath, Split, Source, Span);
}
