namespace MoViNetNAS.Models.Onnx;

/// <summary>Where the streams of an ONNX file begin.</summary>
public enum OnnxStart
{
    /// <summary>The caller gives a state with every step; zeros begin a stream. Any number of streams side by side.</summary>
    Given,

    /// <summary>A state that is not given is zeros. One stream.</summary>
    Zeros,

    /// <summary>A state that is not given is the one that the file was written with. One stream.</summary>
    State,
}
