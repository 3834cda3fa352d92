using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>How a data set lies on disk: turns its annotation files into videos with labels, a split and a source.</summary>
/// <remarks>A layout reads annotations and folder listings only; whether a video can be used is found out when it is decoded.
/// Layouts are values: equal settings are equal layouts. docs/datasets.md has the tree and the formats of each.</remarks>
public interface IVideoLayout
{
    /// <summary>Whether every video has exactly one label, known before anything is read.</summary>
    bool HasOneLabel => true;

    /// <summary>The videos of the data set in <paramref name="folder"/>, those that are missing on disk too.</summary>
    /// <exception cref="InputException">The folder or an annotation file is missing, or lines are wrong; the first ten are listed.</exception>
    /// <exception cref="MachineException">A file or folder cannot be read.</exception>
    VideoListing List(string folder);
}
