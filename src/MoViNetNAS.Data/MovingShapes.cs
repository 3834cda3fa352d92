using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>A generated data set whose eight classes differ by motion only: no single frame says anything about the class.</summary>
/// <remarks>
/// <para>Textured shapes all move left, right, up or down, turn clockwise or counterclockwise, grow or shrink over a still,
/// textured background. Outline, texture, colours, aspect, background and speed vary from shape to shape and clip to clip.</para>
/// <para>Why a frame carries no class information. A frame is a function of appearance, noise, and four coordinates: x and y on
/// a torus (what leaves on one side enters on the other), the angle on its circle, and the logarithm of the size on a circle
/// from the smallest to the largest. Each is drawn uniformly and independently at the start. A class adds a constant, drawn
/// independently of the start, to one of them at every step. A uniform variable on a circle plus anything independent of
/// it is again uniform and independent of the rest. So at every frame index the four coordinates are jointly uniform and
/// independent of class, speed and appearance: the distribution of that frame is the same for all eight classes, exactly. The
/// shapes of a clip are drawn independently of each other, so the same holds for all of them together.</para>
/// <para>Why shuffled frames carry none either with <see cref="OtherCoordinates.Jumping"/>. There a clip's frames are drawn without the
/// class: each coordinate visits T places, one step of its own speed apart, once each, in an order that is drawn uniformly, independently
/// of the other coordinates, and shared by all shapes of the clip. Then the class sorts the frames by its coordinate, upwards or downwards.
/// So the set of frames is the same whatever the class, and what is left of a clip whose frames are shuffled is that set in a random order:
/// one distribution for all eight classes, exactly, on which no classifier can exceed 12.5 %. (Noise is drawn anew for every frame, after
/// all this.) The orders of the three other coordinates, sorted with it, are again uniform and independent. A single frame carries nothing
/// for the reason above: its steps do not depend on where the coordinates start.</para>
/// <para>The two directions of a coordinate then differ by order alone: one is the other backwards. Sorted, a clip shows its class unless
/// another coordinate's order runs straight as well, whose chance is 1 - (1 - 2 / T!)^3: one of 6,720 clips of 8 frames.</para>
/// <para>Pixels depend on (seed, split, index) and are the same on every machine. Labels are balanced. Clips are made when first
/// read. The augmentation shifts the whole clip around the torus, which changes neither class nor distribution.</para>
/// </remarks>
public sealed class MovingShapes : IClipDataset
{
    private readonly MovingShapesOptions _options;
    private readonly RandomStream _random;
    private readonly ClipItem[][] _items;
    private readonly byte[]?[][] _clips;
    private long _freeBytes;

    /// <summary>Makes the lists of items; pixels follow when they are read.</summary>
    /// <exception cref="InputException">An option is out of its range; all of them are listed.</exception>
    public MovingShapes(MovingShapesOptions options)
    {
        options.Check();
        _options = options;
        _random = new RandomStream(options.Seed).Derive("moving shapes");
        _freeBytes = options.MemoryBytes;
        _items = [.. Enum.GetValues<Split>().Select(MakeItems)];
        _clips = [.. _items.Select(items => new byte[]?[items.Length])];
        SplitHash = SplitFingerprint.Of(
            $"moving shapes 2 shapes {options.Shapes} seed {options.Seed} speed {options.Speed:R} noise {options.Noise:R} shuffled {options.IsTimeShuffled}"
                + (options.Others == OtherCoordinates.Still ? "" : " others jumping"),
            Classes, [LabelHead.Single(Classes.Count)], Items);
    }

    /// <inheritdoc/>
    public string Name =>
        "moving-shapes" + (_options.Others == OtherCoordinates.Jumping ? "-jumping" : "") + (_options.IsTimeShuffled ? "-shuffled" : "");

    /// <inheritdoc/>
    public IReadOnlyList<string> Classes { get; } = [.. Enum.GetNames<ShapeMotion>().Select(name => name.ToLowerInvariant())];

    /// <inheritdoc/>
    public InputShape Input => _options.Input;

    /// <inheritdoc/>
    public string SplitHash { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ClipItem> Items(Split split) => _items[(int)split];

    /// <inheritdoc/>
    public LabelSet Read(Split split, int index, RandomStream? augmentation, Span<byte> pixels)
    {
        ClipSize.Check(Input, _items[(int)split].Length, index, pixels);
        byte[] clip = Clip(split, index);
        if (augmentation is null)
            clip.CopyTo(pixels);
        else
            Roll(clip, augmentation.Below(Input.Resolution), augmentation.Below(Input.Resolution), pixels);
        return _items[(int)split][index].Labels;
    }

    /// <summary>Where the coordinates of a clip are at each of its frames as they are delivered.</summary>
    internal ShapeSteps StepsOf(Split split, int index)
    {
        RandomStream random = RandomOf(split, index);
        var motion = (ShapeMotion)_items[(int)split][index].Labels.Only;
        var steps = _options.Others == OtherCoordinates.Still
            ? ShapeSteps.Still(motion, Input.Frames)
            : ShapeSteps.Sorted(motion, [.. Enumerable.Range(0, ShapeSteps.Coordinates).Select(c => random.Derive("jumps", c).Permutation(Input.Frames))]);
        return _options.IsTimeShuffled ? steps.Reordered(random.Derive("order").Permutation(Input.Frames)) : steps;
    }

    private RandomStream RandomOf(Split split, int index) => _random.Derive(split.ToString(), index);

    private ClipItem[] MakeItems(Split split)
    {
        int count = split switch
        {
            Split.Weights => _options.WeightsClips,
            Split.Score => _options.ScoreClips,
            _ => _options.TestClips,
        };
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            string id = $"{split.ToString().ToLowerInvariant()}/{i:D6}";
            return new ClipItem(id, i % Classes.Count, id); // every clip is a source of its own
        })];
    }

    private byte[] Clip(Split split, int index)
    {
        ref byte[]? kept = ref _clips[(int)split][index];
        if (Volatile.Read(ref kept) is { } clip) return clip;
        clip = Generate(split, index);
        // Two threads may both draw it: they draw the same, and the budget is charged once.
        if (Interlocked.Add(ref _freeBytes, -clip.Length) < 0 || Interlocked.CompareExchange(ref kept, clip, null) is not null)
            Interlocked.Add(ref _freeBytes, clip.Length);
        return clip;
    }

    private byte[] Generate(Split split, int index)
    {
        RandomStream random = RandomOf(split, index);
        var scenes = new ShapeScene[_options.Shapes];
        for (int s = 0; s < scenes.Length; s++) scenes[s] = ShapeScene.Draw(random.Derive("scene", s), s == 0 ? null : scenes[0].BackColor);
        var rasterizer = new ShapeRasterizer(scenes, Input.Resolution, random.Derive("grain"));
        ShapeSteps steps = StepsOf(split, index);
        int frameBytes = ClipSize.FrameBytes(Input.Resolution);
        var clip = new byte[ClipSize.Bytes(Input)];
        RandomStream noise = random.Derive("noise");
        var poses = new ShapePose[scenes.Length];
        Span<double> times = stackalloc double[ShapeSteps.Coordinates];
        for (int t = 0; t < Input.Frames; t++)
        {
            for (int c = 0; c < times.Length; c++) times[c] = steps[c, t] * Input.FrameStride * _options.Speed;
            for (int s = 0; s < scenes.Length; s++) poses[s] = scenes[s].PoseAt(times);
            rasterizer.Draw(poses, noise, (float)_options.Noise, clip.AsSpan(t * frameBytes, frameBytes));
        }

        return clip;
    }

    private void Roll(ReadOnlySpan<byte> clip, int down, int right, Span<byte> pixels)
    {
        int rowBytes = Input.Resolution * InputShape.Channels, tail = right * InputShape.Channels;
        for (int t = 0; t < Input.Frames; t++)
        {
            for (int row = 0; row < Input.Resolution; row++)
            {
                ReadOnlySpan<byte> from = clip.Slice((t * Input.Resolution + row) * rowBytes, rowBytes);
                Span<byte> to = pixels.Slice((t * Input.Resolution + (row + down) % Input.Resolution) * rowBytes, rowBytes);
                from[..^tail].CopyTo(to[tail..]);
                from[^tail..].CopyTo(to);
            }
        }
    }
}
