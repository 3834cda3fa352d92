namespace MoViNetNAS.Spaces;

/// <summary>The function that turns the output of squeeze-excite into a factor in [0, 1].</summary>
public enum GateType
{
    /// <summary>1 / (1 + exp(-x)).</summary>
    Sigmoid,

    /// <summary>clip(0.2 x + 0.5, 0, 1): the definition the published stream weights were trained with.</summary>
    HardSigmoid,

    /// <summary>relu6(x + 3) * 0.16667, up to 1.00002: what the official code has said since. Also MobileNetV3's.</summary>
    HardSigmoidRelu6,
}
