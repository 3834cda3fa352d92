namespace MoViNetNAS.Data;

/// <summary>The operations that augmentation policies are made of. The first <see cref="ClipOperations.InRandAugment"/> are those of RandAugment.</summary>
internal enum ClipOperation
{
    Identity,
    AutoContrast,
    Equalize,
    Rotate,
    Posterize,
    Solarize,
    Colour,
    Contrast,
    Brightness,
    Sharpness,
    ShearX,
    ShearY,
    TranslateX,
    TranslateY,
    Invert,
    SolarizeAdd,
}
