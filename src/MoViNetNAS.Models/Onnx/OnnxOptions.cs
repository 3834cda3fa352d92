using MoViNetNAS.Spaces;

namespace MoViNetNAS.Models.Onnx;

/// <summary>How a network is written as ONNX.</summary>
public sealed record OnnxOptions
{
    /// <summary>Whether the file takes the next frames of a stream and the stream's state, or whole clips.</summary>
    public required bool IsStream { get; init; }

    /// <summary>Frames of a clip or step, at least 1; null for any number.</summary>
    public required int? Frames { get; init; }

    /// <summary>Rows and columns of a frame, at least the design's minimum.</summary>
    public required int Resolution { get; init; }

    /// <summary>The numbers that it calculates with.</summary>
    public OnnxPrecision Precision { get; init; } = OnnxPrecision.Float32;

    /// <summary>Where streams begin when the caller gives no state: zeros, or where another stream stood. The file then takes one stream only.</summary>
    public OnnxStart Start { get; init; } = OnnxStart.Given;

    /// <summary>The state of <see cref="OnnxStart.State"/>, of one stream; it stays the caller's.</summary>
    public StreamState? StartState { get; init; }

    /// <summary>What a network is usually exported as: a stream frame by frame if it can, otherwise clips of its own length.</summary>
    public static OnnxOptions Of(NetworkDesign design, InputShape input) =>
        new() { IsStream = design.CanStream, Frames = design.CanStream ? 1 : input.Frames, Resolution = input.Resolution };
}
