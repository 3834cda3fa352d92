namespace MoViNetNAS.Spaces;

/// <summary>The function that turns the output of squeeze-excite into a factor in [0, 1].</summary>
public enum GateType
{
    /// <summary>1 / (1 + exp(-x)).</summary>
    Sigmoid,

    /// <summary>clip(0.2 x + 0.5, 0, 1): the definition the published stream weights were trained with.</summary>
    HardSigmoid,
}
