namespace MoViNetNAS.Data;

/// <summary>Which frames of a video a clip takes.</summary>
public enum FrameSampling
{
    /// <summary>Frames one stride apart, from a start on; a video that is too short is gone round.</summary>
    Dense,

    /// <summary>The whole video, cut in as many equal parts as a clip has frames, and one frame of each: the middle one in evaluation,
    /// any in training. The frame stride plays no part. Source: temporal segment networks (arXiv 1608.00859), section 3.1.</summary>
    Segments,
}
