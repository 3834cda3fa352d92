using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>Looks up the cost of a genotype: <see cref="CostModel"/>'s numbers exactly, some hundred times faster.</summary>
/// <remarks>Each operation of a layer depends on two or three decisions alone (the expanding convolution on input width and expansion,
/// and so on), so small tables of those combinations are exact. Entries are filled when first met. Source: TuNAS (arXiv 2008.06120),
/// cost model (coupled one-hot features); here counted, not fitted. Milliseconds are summed in the same way. Not safe for several threads.</remarks>
public sealed class CostTable
{
    // Buffers and peak activation belong to the depthwise convolution and squeeze-excite.
    private static readonly string[] Inner = ["depthwise", "se", "scalar"], Stem = ["stem"], Head = ["head", "classifier"];

    private readonly SearchSpace _space;
    private readonly NetworkVariant _variant;
    private readonly int _classes;
    private readonly InputShape _input;
    private readonly LatencyTable? _latency;
    private readonly int _stem, _head, _lastSize;
    private readonly Entry[] _stems, _heads;
    private readonly BlockIndex[] _blocks;
    private readonly Dictionary<InputShape, CostTable>? _byInput; // where the space chooses its input, a table for each

    /// <summary>A table for networks over <paramref name="space"/>.</summary>
    /// <param name="space">What is chosen from.</param>
    /// <param name="variant">How networks are built.</param>
    /// <param name="classes">Outputs of the classifier.</param>
    /// <param name="input">Frames and resolution; where the space chooses them, its choices count instead.</param>
    /// <param name="latency">Milliseconds of operations, measured for the same; null for costs without <see cref="Cost.LatencyMs"/>.</param>
    public CostTable(SearchSpace space, NetworkVariant variant, int classes, InputShape input, LatencyTable? latency = null)
        : this(space, variant, classes, input, latency, isOfOneInput: space.Definition.InputChoices is null)
    {
    }

    private CostTable(SearchSpace space, NetworkVariant variant, int classes, InputShape input, LatencyTable? latency, bool isOfOneInput)
    {
        _byInput = isOfOneInput ? null : [];
        (_space, _variant, _classes, _input, _latency) = (space, variant, classes, input, latency);
        int[] widths = Indices(DecisionTag.Width), depths = Indices(DecisionTag.Depth);
        (_stem, _head) = (widths[0], widths[^1]);
        int size = (input.Resolution + 1) / 2, previous = _stem;
        _blocks = new BlockIndex[depths.Length];
        for (int b = 0; b < depths.Length; b++)
        {
            int stride = space.Definition.Blocks[b].Stride, width = widths[b + 1];
            var layers = new LayerIndex[space.Definition.Blocks[b].MaximumDepth];
            for (int l = 0; l < layers.Length; l++)
            {
                layers[l] = Layer(depths[b], l, l == 0 ? previous : width, width, l == 0 ? stride : 1, size);
                size = layers[l].Stride == 2 ? (size + 1) / 2 : size;
            }

            _blocks[b] = new BlockIndex(depths[b], layers);
            previous = width;
        }

        _lastSize = size;
        _stems = new Entry[Options(_stem)];
        _heads = new Entry[Options(widths[^2]) * Options(_head)];
    }

    /// <summary>The cost of <paramref name="genotype"/>.</summary>
    public Cost Of(Genotype genotype) => Of(genotype.Choices.AsSpan());

    /// <summary>The cost of <paramref name="choices"/>, an option for each decision.</summary>
    /// <exception cref="OverflowException">A count does not fit into 64 bits.</exception>
    public Cost Of(ReadOnlySpan<int> choices)
    {
        if (_byInput is not null)
        {
            var chosen = _space.InputOf(choices) with { FrameStride = 1 }; // how far apart frames are costs nothing
            if (!_byInput.TryGetValue(chosen, out var table))
                _byInput[chosen] = table = new CostTable(_space, _variant, _classes, chosen, _latency, isOfOneInput: true);
            return table.Of(choices);
        }

        ref var stem = ref _stems[choices[_stem]];
        if (!stem.IsFilled) stem = OutsideEntry(Value(_stem, choices), 8, 8, _input.Resolution, Stem);
        var total = stem;
        int last = _stem;
        foreach (var block in _blocks)
        {
            int depth = Value(block.Depth, choices);
            for (int l = 0; l < depth; l++)
            {
                var layer = block.Layers[l];
                foreach (var table in layer.Tables)
                {
                    int index = choices[table.First] * table.SecondOptions + choices[table.Second];
                    if (table.Third >= 0) index = index * table.ThirdOptions + choices[table.Third];
                    ref var entry = ref table.Entries[index];
                    if (!entry.IsFilled) entry = LayerEntry(layer, table.Parts, choices);
                    total.Add(entry);
                }
            }

            last = block.Layers[0].Output;
        }

        ref var head = ref _heads[choices[last] * Options(_head) + choices[_head]];
        if (!head.IsFilled) head = OutsideEntry(8, Value(last, choices), Value(_head, choices), 2 * _lastSize, Head);
        total.Add(head);
        return new Cost(
            total.Macs, _variant.CanStream ? total.MacsPerFrame : total.Macs / _input.Frames, total.PaperFlops, total.Trainable,
            total.Total, total.StateBytes, total.PeakBytes, _latency?.Whole(total.OperationMs));
    }

    private LayerIndex Layer(int depth, int layer, int input, int output, int stride, int size)
    {
        int Find(DecisionTag tag) => Enumerable.Range(0, _space.Decisions.Length).Single(d =>
            _space.Decisions[d].Tag == tag && _space.Decisions[d].DepthDecision == depth && _space.Decisions[d].LayerIndex == layer);
        int expansion = Find(DecisionTag.Expansion), kernel = Find(DecisionTag.Kernel), squeezeExcite = Find(DecisionTag.SqueezeExcite);
        return new LayerIndex(input, output, expansion, kernel, squeezeExcite, stride, size,
        [
            Table(["expand"], input, expansion),
            Table(Inner, expansion, kernel, squeezeExcite),
            Table(["project"], expansion, output),
            Table(["skip"], input, output),
        ]);
    }

    private PartTable Table(string[] parts, int first, int second, int third = -1)
    {
        int thirdOptions = third < 0 ? 1 : Options(third);
        return new PartTable(parts, first, second, third, Options(second), thirdOptions, new Entry[Options(first) * Options(second) * thirdOptions]);
    }

    // A network of the one layer; its input halves to the layer's input size in the stem.
    private Entry LayerEntry(LayerIndex layer, string[] parts, ReadOnlySpan<int> choices)
    {
        var spec = new LayerSpec(
            Value(layer.Expansion, choices), KernelShape.All[Value(layer.Kernel, choices)], Value(layer.SqueezeExcite, choices) == 1);
        return Single(
            Value(layer.Input, choices), Value(layer.Output, choices), layer.Stride, spec, headWidth: 8, 2 * layer.Size, parts,
            state => parts == Inner && state.Layer != StreamStateShape.Head, hasPeak: parts == Inner);
    }

    private Entry OutsideEntry(int stemWidth, int lastWidth, int headWidth, int resolution, string[] parts) => Single(
        stemWidth, lastWidth, stride: 1, new LayerSpec(8, KernelShape.All[0]), headWidth, resolution, parts,
        state => parts == Head && state.Layer == StreamStateShape.Head, hasPeak: false);

    private Entry Single(
        int inputWidth, int outputWidth, int stride, LayerSpec spec, int headWidth, int resolution, string[] parts,
        Func<StreamStateShape, bool> isState, bool hasPeak)
    {
        var input = _input with { Resolution = resolution };
        var network = new Architecture("one layer", input, inputWidth, [new BlockSpec(outputWidth, stride, [spec])], headWidth, _space.Definition.DenseWidth);
        bool IsRow(CostRow row) => parts.Contains(row.Part); // no part of a layer is called as one outside
        CostRow[] rows = [.. CostModel.Rows(network, _variant, _classes, input).Where(IsRow)];
        long macs = rows.Sum(row => row.Macs), trainable = rows.Sum(row => row.Parameters);
        return new Entry
        {
            IsFilled = true,
            Macs = macs,
            MacsPerFrame = CostModel.Rows(network, _variant, _classes, input with { Frames = 1 }).Where(IsRow).Sum(row => row.Macs),
            PaperFlops = macs + rows.Sum(row => row.NormalizedElements) + 9 * rows.Sum(row => row.PooledElements),
            Trainable = trainable,
            Total = trainable + rows.Sum(row => row.NormStatistics),
            StateBytes = !_variant.CanStream ? 0 : sizeof(float) * StreamStates.Of(network, _variant, _classes, resolution)
                .Where(state => state.IsFloat && isState(state)).Sum(state => state.Elements),
            PeakBytes = hasPeak ? CostModel.Of(network, _variant, _classes, input).PeakActivationBytes : 0,
            OperationMs = _latency is null ? 0 : OperationKeys.Of(network, resolution).Where(key => parts.Contains(key.Part)).Sum(_latency.Of),
        };
    }

    private int[] Indices(DecisionTag tag) =>
        [.. Enumerable.Range(0, _space.Decisions.Length).Where(d => _space.Decisions[d].Tag == tag)];

    private int Options(int decision) => _space.Decisions[decision].OptionCount;

    private int Value(int decision, ReadOnlySpan<int> choices) => _space.Decisions[decision].Values[choices[decision]];

    private struct Entry
    {
        public bool IsFilled;
        public long Macs, MacsPerFrame, PaperFlops, Trainable, Total, StateBytes, PeakBytes;
        public double OperationMs;

        public void Add(in Entry other)
        {
            checked
            {
                Macs += other.Macs;
                MacsPerFrame += other.MacsPerFrame;
                PaperFlops += other.PaperFlops;
                Trainable += other.Trainable;
                Total += other.Total;
                StateBytes += other.StateBytes;
                PeakBytes = Math.Max(PeakBytes, other.PeakBytes);
            }

            OperationMs += other.OperationMs;
        }
    }

    private sealed record BlockIndex(int Depth, LayerIndex[] Layers);

    private sealed record LayerIndex(
        int Input, int Output, int Expansion, int Kernel, int SqueezeExcite, int Stride, int Size, PartTable[] Tables);

    // Entries by (first, second, third decision), or without the third where it is -1.
    private sealed record PartTable(
        string[] Parts, int First, int Second, int Third, int SecondOptions, int ThirdOptions, Entry[] Entries);
}
