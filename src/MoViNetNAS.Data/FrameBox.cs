namespace MoViNetNAS.Data;

/// <summary>The part of a stored frame that a clip shows.</summary>
internal readonly record struct FrameBox(int Top, int Left, int Height, int Width);
