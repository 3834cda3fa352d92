namespace MoViNetNAS.Data;

/// <summary>How a picture of any shape is made square.</summary>
public enum VideoFit
{
    /// <summary>The short side is resized and the middle of the long side kept.</summary>
    Crop,

    /// <summary>Both sides are resized, changing the shape of things.</summary>
    Stretch,

    /// <summary>The long side is resized and the rest filled with black.</summary>
    Pad,

    /// <summary>The short side is resized and the whole long side kept, up to 4 times the short one: training takes its squares from the
    /// whole picture, and evaluation may take three. Where one square is taken, it is the same as with <see cref="Crop"/>.</summary>
    Wide,
}
