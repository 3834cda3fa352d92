namespace MoViNetNAS.Models.Kernels;

/// <summary>What a product does to its results before it stores them.</summary>
internal enum Epilogue
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>See <see cref="SwishFunction"/>.</summary>
    Swish,

    /// <summary>See <see cref="HardSwishFunction"/>.</summary>
    HardSwish,

    /// <summary>See <see cref="SigmoidFunction"/>.</summary>
    Sigmoid,

    /// <summary>See <see cref="HardSigmoidFunction"/>.</summary>
    HardSigmoid,

    /// <summary>See <see cref="HardSigmoidRelu6Function"/>.</summary>
    HardSigmoidRelu6,

    /// <summary>See <see cref="ReluFunction"/>.</summary>
    Relu,

    /// <summary>See <see cref="Relu6Function"/>.</summary>
    Relu6,
}
