using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>Says which items batch number n holds. It has no state: any batch can be made again from its number alone, so a
/// resumed run needs nothing but the number of its step.</summary>
/// <remarks>Position p = batch * batch size + i lies in epoch p / N at place p % N of that epoch's own order
/// (<c>random.Derive("order", epoch)</c>); its augmentation is drawn from <c>random.Derive("augment", p)</c>. Batches run on
/// over the end of an epoch, so every batch is full and every item is seen once an epoch. Where unreadable clips are skipped, a batch
/// lacks them and nothing else moves. Safe from any thread.</remarks>
public sealed class BatchSchedule
{
    private readonly IReadOnlyList<ClipItem> _items;
    private readonly RandomStream _random;
    private volatile EpochOrder? _latest;

    /// <summary>Batches of <paramref name="batchSize"/> clips of one split.</summary>
    /// <param name="dataset">The clips.</param>
    /// <param name="split">The split they are drawn from.</param>
    /// <param name="batchSize">Clips of a batch, at least 1; may exceed the split.</param>
    /// <param name="random">Decides order and augmentation; only derived from, never drawn from.</param>
    /// <param name="isAugmented">Whether clips go through the training transform; default: in <see cref="Split.Weights"/> only.</param>
    /// <param name="skipsUnreadable">Whether a batch is given without the clips that cannot be read, unless they are more than half of it.</param>
    /// <exception cref="InputException">The data set has no clip in <paramref name="split"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is below 1.</exception>
    public BatchSchedule(IClipDataset dataset, Split split, int batchSize, RandomStream random, bool? isAugmented = null, bool skipsUnreadable = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        _items = dataset.Items(split);
        if (_items.Count == 0) throw new InputException($"data set '{dataset.Name}' has no clip in the split {split}.");
        _random = random;
        Dataset = dataset;
        Split = split;
        BatchSize = batchSize;
        IsAugmented = isAugmented ?? split == Split.Weights;
        SkipsUnreadable = skipsUnreadable;
    }

    /// <summary>Where the clips come from.</summary>
    public IClipDataset Dataset { get; }

    /// <summary>The split they are drawn from.</summary>
    public Split Split { get; }

    /// <summary>Clips of a batch.</summary>
    public int BatchSize { get; }

    /// <summary>Whether clips go through the training transform.</summary>
    public bool IsAugmented { get; }

    /// <summary>Whether clips that cannot be read are left out of their batch instead of ending it.</summary>
    public bool SkipsUnreadable { get; }

    /// <summary>Items of the split, N.</summary>
    public int Count => _items.Count;

    /// <summary>Positions in <see cref="IClipDataset.Items"/> of the clips of <paramref name="batch"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batch"/> is negative.</exception>
    public int[] Indices(long batch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(batch);
        var indices = new int[BatchSize];
        for (int i = 0; i < BatchSize; i++)
        {
            (long epoch, long place) = Math.DivRem(checked(batch * BatchSize + i), Count);
            indices[i] = OrderOf(epoch)[place];
        }

        return indices;
    }

    /// <summary>Reads batch number <paramref name="batch"/>; the same number gives the same bytes, always.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batch"/> is negative.</exception>
    /// <exception cref="MachineException">A clip cannot be read; where such clips are skipped, all of them or more than half.</exception>
    public ClipBatch Read(long batch) => Read(batch, CancellationToken.None);

    internal ClipBatch Read(long batch, CancellationToken cancellation)
    {
        int[] indices = Indices(batch);
        int clipBytes = ClipSize.Bytes(Dataset.Input);
        var pixels = new byte[checked(BatchSize * clipBytes)];
        var labels = new List<LabelSet>(BatchSize);
        var skipped = new List<UnusableVideo>();
        for (int i = 0; i < BatchSize; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            RandomStream? augmentation = IsAugmented ? _random.Derive("augment", batch * BatchSize + i) : null;
            ClipItem item = _items[indices[i]];
            try
            {
                labels.Add(Dataset.Read(Split, indices[i], augmentation, pixels.AsSpan(labels.Count * clipBytes, clipBytes)));
            }
            catch (MachineException e) when (SkipsUnreadable)
            {
                skipped.Add(new UnusableVideo(item.Id, e.Message));
            }
        }

        // A lost disk or a deleted cache is no single broken clip: training on what is left would be another experiment.
        if (skipped.Count > 0 && 2 * skipped.Count > BatchSize)
            throw new MachineException($"batch {batch}: {skipped.Count} of its {BatchSize} clips cannot be read; the first is {skipped[0].Path}: {skipped[0].Reason}");
        return new ClipBatch(skipped.Count == 0 ? pixels : pixels[..(labels.Count * clipBytes)], [.. labels], Dataset.Input) { Skipped = skipped };
    }

    private int[] OrderOf(long epoch)
    {
        if (_latest is { } latest && latest.Epoch == epoch) return latest.Order;
        int[] order = _random.Derive("order", epoch).Permutation(Count);
        _latest = new EpochOrder(epoch, order); // two threads may both make it; they make the same
        return order;
    }

    private sealed record EpochOrder(long Epoch, int[] Order);
}
