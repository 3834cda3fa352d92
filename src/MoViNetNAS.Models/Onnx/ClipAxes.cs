namespace MoViNetNAS.Models.Onnx;

/// <summary>The axes of batch and time of a graph, and the ways between the layouts that its operators want.</summary>
/// <remarks>Between layers a clip is [N, C, H, W] with N = batch x frames, so that operators over space have four axes. Where a step has one
/// frame, the layouts lie in memory alike and the ways are reshapes.</remarks>
internal sealed class ClipAxes
{
    private const string FramesName = "frames";
    private readonly OnnxGraph _graph;
    private OnnxValue? _image;
    private OnnxValue? _framesVector;

    /// <param name="graph">Where operators are added.</param>
    /// <param name="batch">Clips; null for any number.</param>
    /// <param name="frames">Frames of a clip or step; null for any number.</param>
    public ClipAxes(OnnxGraph graph, int? batch, int? frames)
    {
        _graph = graph;
        Batch = batch is { } clips ? clips : OnnxDim.Named("batch");
        Frames = frames is { } count ? count : OnnxDim.Named(FramesName);
        Images = IsOneFrame ? Batch : batch * frames is { } images ? images : OnnxDim.Named("batch_times_frames");
    }

    /// <summary>Clips.</summary>
    public OnnxDim Batch { get; }

    /// <summary>Frames of a clip or step.</summary>
    public OnnxDim Frames { get; }

    /// <summary>Frames of all clips.</summary>
    public OnnxDim Images { get; }

    /// <summary>Whether a clip or step has always one frame.</summary>
    public bool IsOneFrame => Frames.Size == 1;

    /// <summary>The graph's image input as [N, 3, S, S] of the arithmetic's type.</summary>
    public OnnxValue Enter(OnnxValue image)
    {
        _image = image;
        var typed = _graph.Cast("image_cast", image, _graph.Arithmetic);
        return IsOneFrame ? typed : Reshape("image_frames", typed, Images, image.Shape[2], image.Shape[3], image.Shape[4]);
    }

    /// <summary>Frames and <paramref name="more"/>, as an axis.</summary>
    public OnnxDim FramesAnd(long more) => Frames.Size is { } frames ? frames + more : OnnxDim.Named($"{FramesName}_plus_{more}");

    /// <summary>The number of frames as int64 [1].</summary>
    public OnnxValue FramesVector() => _framesVector ??= Frames.Size is { } frames
        ? _graph.WholeNumbers(frames)
        : _graph.Add("Shape", "frames_vector", [1], [_image!], [OnnxOperators.Whole("start", 1), OnnxOperators.Whole("end", 2)], Format.TensorProto.Types.DataType.Int64);

    /// <summary>The same numbers with other axes.</summary>
    public OnnxValue Reshape(string name, OnnxValue x, params OnnxDim[] shape) => _graph.Add("Reshape", name, shape, [x, ShapeOf($"{name}_shape", shape, mayInfer: true)]);

    /// <summary>x repeated along axes of one entry until it has <paramref name="shape"/>.</summary>
    public OnnxValue Expand(string name, OnnxValue x, params OnnxDim[] shape)
    {
        // Axes that x has already may be said as 1, so that only frames need a number.
        OnnxDim[] asked = [.. shape.Select((dim, axis) => x.Shape[axis] == dim ? 1 : dim)];
        return _graph.Add("Expand", name, shape, [x, ShapeOf($"{name}_shape", asked, mayInfer: false)]);
    }

    /// <summary>[N, C] to [B, T, C].</summary>
    public OnnxValue Timed(string name, OnnxValue rows) => Reshape(name, rows, Batch, Frames, rows.Shape[1]);

    /// <summary>[B, T, C] to [N, C].</summary>
    public OnnxValue Rows(string name, OnnxValue timed) => Reshape(name, timed, Images, timed.Shape[2]);

    /// <summary>[N, C, H, W] to [B, C, T, cells...], where the cells of a frame are one axis or two.</summary>
    public OnnxValue TimeInside(string name, OnnxValue x, bool isFlat)
    {
        var (channels, height, width) = (x.Shape[1], x.Shape[2], x.Shape[3]);
        OnnxDim[] cells = isFlat ? [height.Size!.Value * width.Size!.Value] : [height, width];
        if (IsOneFrame) return Reshape(name, x, [Batch, channels, 1, .. cells]);
        var split = Reshape($"{name}_split", x, [Batch, Frames, channels, .. cells]);
        return _graph.Transpose(name, split, isFlat ? [0, 2, 1, 3] : [0, 2, 1, 3, 4]);
    }

    /// <summary>[B, C, T, cells...] to [N, C, height, width].</summary>
    public OnnxValue TimeOutside(string name, OnnxValue x, int height, int width)
    {
        var frames = IsOneFrame ? x : _graph.Transpose($"{name}_frames", x, x.Shape.Count == 4 ? [0, 2, 1, 3] : [0, 2, 1, 3, 4]);
        return Reshape(name, frames, Images, x.Shape[1], height, width);
    }

    // A reshape finds out one axis by itself (-1); where more are open, the frames are asked for.
    private OnnxValue ShapeOf(string name, IReadOnlyList<OnnxDim> shape, bool mayInfer)
    {
        static bool IsOpen(OnnxDim dim) => dim.Size is null;
        int open = shape.Count(IsOpen);
        if (open == 0 || (open == 1 && mayInfer)) return _graph.WholeNumbers([.. shape.Select(dim => dim.Size ?? -1)]);
        OnnxValue[] parts = [.. shape.Select(dim => IsOpen(dim) && dim == Frames ? FramesVector() : _graph.WholeNumbers(dim.Size ?? -1))];
        return _graph.Concat(name, 0, shape.Count, parts);
    }
}
