using DataType = MoViNetNAS.Models.Onnx.Format.TensorProto.Types.DataType;

namespace MoViNetNAS.Models.Onnx;

/// <summary>How many frames were seen: what sums over time are divided by, and where a positional encoding stands.</summary>
internal sealed class FrameNumbers
{
    private readonly OnnxGraph _graph;
    private readonly ClipAxes _axes;
    private readonly OnnxValue? _before;
    private readonly Dictionary<long, OnnxValue> _encodings = [];
    private OnnxValue? _each;
    private OnnxValue? _all;

    /// <param name="graph">Where operators are added.</param>
    /// <param name="axes">Batch and time.</param>
    /// <param name="before">Frames before this step, int32 [B]; null for whole clips.</param>
    public FrameNumbers(OnnxGraph graph, ClipAxes axes, OnnxValue? before) => (_graph, _axes, _before) = (graph, axes, before);

    /// <summary>Frames seen after each one: float32 [B or 1, T, 1]; [B or 1, 1] where a step has one frame.</summary>
    public OnnxValue Each => _each ??= MakeEach();

    /// <summary>Frames seen after all: float32 [B or 1, 1].</summary>
    public OnnxValue All => _all ??= MakeAll();

    /// <summary>Frames seen after all, for the next step: int32 [B].</summary>
    public OnnxValue Next()
    {
        var added = _axes.Frames.Size is { } frames
            ? _graph.Constant("frames_int32", DataType.Int32, BitConverter.GetBytes(checked((int)frames)), [1])
            : _graph.Cast("frames_int32", _axes.FramesVector(), DataType.Int32);
        return _graph.Arithmetic("Add", "frame_count_next", _before!, added);
    }

    /// <summary>The sine encoding of the frames' places, float32 [B or 1, T, C]; [B or 1, C] where a step has one frame.</summary>
    /// <remarks>In float64: after an hour of video the angles of float32 would be wrong in the third digit. A cosine is a sine a quarter turn on.
    /// Source: <see cref="PositionalEncoding"/>.</remarks>
    public OnnxValue Encoding(long channels)
    {
        if (_encodings.TryGetValue(channels, out var known)) return known;
        long[] order = [.. Even(channels), .. Odd(channels)];
        double[] rates = [.. order.Select(i => 1 / Math.Pow(10000, 2.0 * (i / 2) / channels))];
        double[] phases = [.. order.Select(i => i % 2 == 0 ? 0 : Math.PI / 2)];
        string name = $"encoding_{channels}";
        var seen = _graph.Cast("frame_number", Each, DataType.Double);
        var places = _graph.Arithmetic("Sub", $"{name}_place", seen, _graph.Doubles($"{name}_one", [1]));
        var angles = _graph.Arithmetic("Mul", $"{name}_angle", places, _graph.Doubles($"{name}_rate", rates, channels));
        var turned = _graph.Arithmetic("Add", $"{name}_turned", angles, _graph.Doubles($"{name}_phase", phases, channels));
        return _encodings[channels] = _graph.Cast(name, _graph.Add("Sin", $"{name}_sine", turned.Shape, [turned]), DataType.Float);
    }

    private static IEnumerable<long> Even(long channels) => Enumerable.Range(0, (int)channels).Where(i => i % 2 == 0).Select(i => (long)i);

    private static IEnumerable<long> Odd(long channels) => Enumerable.Range(0, (int)channels).Where(i => i % 2 == 1).Select(i => (long)i);

    private OnnxValue MakeEach()
    {
        OnnxValue within;
        if (_axes.IsOneFrame)
        {
            within = _graph.Numbers("frames_within", [1], DataType.Float, 1, 1);
        }
        else if (_axes.Frames.Size is { } frames)
        {
            within = _graph.Numbers("frames_within", [.. Enumerable.Range(1, checked((int)frames)).Select(t => (float)t)], DataType.Float, 1, frames, 1);
        }
        else
        {
            var ones = _axes.Expand("frames_ones", _graph.Numbers("one", [1], DataType.Float, 1, 1, 1), 1, _axes.Frames, 1);
            within = _graph.CumulativeSum("frames_within", ones, 1);
        }

        if (_before is null) return within;
        var before = _graph.Cast("frame_count_float", _before, DataType.Float);
        OnnxDim[] shape = _axes.IsOneFrame ? [_axes.Batch, 1] : [_axes.Batch, 1, 1];
        return _graph.Arithmetic("Add", "frames_seen", _axes.Reshape("frames_before", before, shape), within);
    }

    private OnnxValue MakeAll()
    {
        if (_axes.IsOneFrame) return Each;
        var last = _graph.Last("frames_seen_last", Each, 1, 1);
        return _axes.Reshape("frames_seen_all", last, last.Shape[0], 1);
    }
}
