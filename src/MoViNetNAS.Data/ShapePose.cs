namespace MoViNetNAS.Data;

/// <summary>Position (frame widths, y downwards), rotation and radius (frame widths) of a shape in one frame.</summary>
internal readonly record struct ShapePose(double X, double Y, double Sin, double Cos, double Radius);
