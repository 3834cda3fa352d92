namespace MoViNetNAS.Data;

/// <summary>What is painted on a generated shape; it moves, turns and grows with it.</summary>
internal enum ShapeTexture
{
    Stripes,
    Checker,
    Gradient,
    Halves,
    Quarter,
}
