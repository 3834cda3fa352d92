using System.Collections.Immutable;

namespace MoViNetNAS.Spaces;

/// <summary>Frames, resolutions and frame strides that a space chooses from; one option is no choice.</summary>
/// <remarks>Source: MoViNets (arXiv 2103.11511), section 3.1 scales them with the space; as decisions of one space they are ours.</remarks>
/// <param name="Frames">Frames of a clip, at least one option.</param>
/// <param name="Resolutions">Rows and columns, at least one option.</param>
/// <param name="FrameStrides">Every how many source frames one is taken, at least one option; all multiples of the smallest.</param>
public sealed record InputChoices(ImmutableArray<int> Frames, ImmutableArray<int> Resolutions, ImmutableArray<int> FrameStrides)
{
    /// <summary>The clip that holds every choice: the largest resolution, the smallest stride, and frames enough for the longest span.</summary>
    public InputShape Delivered
    {
        get
        {
            int stride = FrameStrides.Min();
            return new InputShape((Frames.Max() - 1) * (FrameStrides.Max() / stride) + 1, Resolutions.Max(), stride);
        }
    }
}
