namespace MoViNetNAS.Data;

/// <summary>Carries out a <see cref="ClipOperation"/>.</summary>
internal static class ClipOperations
{
    /// <summary>Operations of RandAugment.</summary>
    public const int InRandAugment = 14;

    /// <summary>Changes <paramref name="clip"/>, [T, R, R, 3].</summary>
    /// <param name="operation">How.</param>
    /// <param name="amount">Degrees; bits kept; threshold; levels added; factor; shear; or share of the side: see each operation.</param>
    /// <param name="clip">The clip.</param>
    /// <param name="resolution">R.</param>
    public static void Apply(ClipOperation operation, double amount, Span<byte> clip, int resolution)
    {
        switch (operation)
        {
            case ClipOperation.AutoContrast: ToneCurve.AutoContrast(clip); break;
            case ClipOperation.Equalize: ToneCurve.Equalize(clip); break;
            case ClipOperation.Rotate: AffineMap.Rotation(amount, resolution).Apply(clip, resolution); break;
            case ClipOperation.Posterize: ToneCurve.Posterize(clip, (int)amount); break;
            case ClipOperation.Solarize: ToneCurve.Solarize(clip, (int)amount); break;
            case ClipOperation.SolarizeAdd: ToneCurve.SolarizeAdd(clip, (int)amount); break;
            case ClipOperation.Invert: ToneCurve.Solarize(clip, 0); break;
            case ClipOperation.Colour: Blend.Colour(clip, amount); break;
            case ClipOperation.Contrast: ToneCurve.Contrast(clip, amount); break;
            case ClipOperation.Brightness: ToneCurve.Brightness(clip, amount); break;
            case ClipOperation.Sharpness: Blend.Sharpness(clip, resolution, amount); break;
            case ClipOperation.ShearX: AffineMap.ShearX(amount).Apply(clip, resolution); break;
            case ClipOperation.ShearY: AffineMap.ShearY(amount).Apply(clip, resolution); break;
            case ClipOperation.TranslateX: AffineMap.Translation((int)Math.Round(amount * resolution), 0).Apply(clip, resolution); break;
            case ClipOperation.TranslateY: AffineMap.Translation(0, (int)Math.Round(amount * resolution)).Apply(clip, resolution); break;
            default: break; // Identity
        }
    }
}
