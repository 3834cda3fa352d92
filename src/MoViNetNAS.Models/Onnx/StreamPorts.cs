using MoViNetNAS.Spaces;
using DataType = MoViNetNAS.Models.Onnx.Format.TensorProto.Types.DataType;

namespace MoViNetNAS.Models.Onnx;

/// <summary>What a stream carries, as inputs and outputs of a graph.</summary>
internal sealed class StreamPorts
{
    private readonly OnnxGraph _graph;
    private readonly Dictionary<string, OnnxValue> _inputs = [];
    private readonly IReadOnlyList<OnnxStateShape> _states;

    /// <param name="graph">Where they are added.</param>
    /// <param name="axes">Batch and time.</param>
    /// <param name="states">What is carried.</param>
    /// <param name="start">What the states are when the caller gives none, channels as in the graph; null where the caller must give them.</param>
    public StreamPorts(OnnxGraph graph, ClipAxes axes, IReadOnlyList<OnnxStateShape> states, Func<OnnxStateShape, byte[]>? start)
    {
        (_graph, _states) = (graph, states);
        foreach (var state in states)
        {
            var type = state.IsFloat ? DataType.Float : DataType.Int32;
            var input = graph.Input(state.Name, type, state.Description, [axes.Batch, .. state.Shape.Select(size => (OnnxDim)size)]);
            if (start is not null) graph.Default(input, start(state));
            _inputs.Add(state.Name, input);
        }
    }

    /// <summary>Frames before this step, int32 [B].</summary>
    public OnnxValue FrameCount => _inputs[OnnxStateShape.FrameCount];

    /// <summary>A layer's state of a kind before this step.</summary>
    public OnnxValue Before(string layer, StreamStateKind kind) => _inputs[Find(layer, kind).Name];

    /// <summary>Hands a layer's state after this step to the caller.</summary>
    public void After(string layer, StreamStateKind kind, OnnxValue next) => After(Find(layer, kind), next);

    /// <summary>Hands the count of frames to the caller.</summary>
    public void AfterAll(OnnxValue count) => After(_states.Single(state => state.Name == OnnxStateShape.FrameCount), count);

    private void After(OnnxStateShape state, OnnxValue next) => _graph.Output(next, state.NextName, state.Description);

    private OnnxStateShape Find(string layer, StreamStateKind kind) => _states.Single(state => state.Layer == layer && state.Kind == kind);
}
