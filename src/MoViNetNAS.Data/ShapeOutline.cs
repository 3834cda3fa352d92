namespace MoViNetNAS.Data;

/// <summary>Outlines of the generated shapes: which points of the unit disc are inside. None reaches beyond it.</summary>
internal enum ShapeOutline
{
    Square,
    Triangle,
    Ellipse,
    Cross,
    Star,
    HalfDisc,
}
