namespace MoViNetNAS.Data;

/// <summary>The eight classes of <see cref="MovingShapes"/>, in the order of their labels.</summary>
internal enum ShapeMotion
{
    Left,
    Right,
    Up,
    Down,
    Clockwise,
    Counterclockwise,
    Grow,
    Shrink,
}
