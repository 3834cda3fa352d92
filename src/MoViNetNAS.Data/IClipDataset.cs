using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>Labelled clips in three splits that share no source.</summary>
public interface IClipDataset
{
    /// <summary>Name for tables and run records.</summary>
    string Name { get; }

    /// <summary>Class names in the order of the logits, at least 2; of several heads one after the other.</summary>
    IReadOnlyList<string> Classes { get; }

    /// <summary>What the labels answer: one head of all classes, unless the data set has several labels a clip.</summary>
    IReadOnlyList<LabelHead> Heads => [LabelHead.Single(Classes.Count)];

    /// <summary>Frames, resolution and frame stride of a clip as delivered.</summary>
    InputShape Input { get; }

    /// <summary>SHA-256 (64 hexadecimal digits) over split, id, label and source of every item and what else decides the
    /// content; changes when the data or the splits change. The input shape is not part of it, so that runs at other
    /// resolutions of the same data stay comparable.</summary>
    string SplitHash { get; }

    /// <summary>The items of <paramref name="split"/> in a fixed order; empty when the data set has no such split.</summary>
    IReadOnlyList<ClipItem> Items(Split split);

    /// <summary>Fills <paramref name="pixels"/> with the clip of item <paramref name="index"/>, and says what it is taught. Safe from any thread.</summary>
    /// <param name="split">The split the item is in.</param>
    /// <param name="index">Position in <see cref="Items"/>.</param>
    /// <param name="augmentation">Chance of the training transform; null gives the evaluation transform.</param>
    /// <param name="pixels">[T, H, W, 3], uint8, exactly that long.</param>
    /// <returns>The classes that the clip is taught: those of its item, or, where the data set knows when each is to be seen, those of the
    /// frames that were drawn. Without augmentation always those of the item.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is not that of an item.</exception>
    /// <exception cref="ArgumentException"><paramref name="pixels"/> has another length.</exception>
    /// <exception cref="MachineException">The stored frames cannot be read.</exception>
    LabelSet Read(Split split, int index, RandomStream? augmentation, Span<byte> pixels);

    /// <summary>Fills <paramref name="pixels"/> with one of several views of item <paramref name="index"/>, in the evaluation transform.
    /// Safe from any thread.</summary>
    /// <param name="split">The split the item is in.</param>
    /// <param name="index">Position in <see cref="Items"/>.</param>
    /// <param name="view">Which part of the video; <see cref="ClipView.Middle"/> is what <see cref="Read"/> gives.</param>
    /// <param name="pixels">[T, H, W, 3], uint8, exactly that long.</param>
    /// <exception cref="InputException">The data set has no such views.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is not that of an item, or the view is out of its range.</exception>
    /// <exception cref="ArgumentException"><paramref name="pixels"/> has another length.</exception>
    /// <exception cref="MachineException">The stored frames cannot be read.</exception>
    void ReadView(Split split, int index, ClipView view, Span<byte> pixels)
    {
        view.Check();
        if (view != ClipView.Middle)
            throw new InputException($"data set '{Name}' has one window and one crop of each clip, not {view.Windows} x {view.Crops}.");
        Read(split, index, null, pixels);
    }
}
