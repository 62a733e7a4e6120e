namespace Actors.Engine.Stores;

/// <summary>A change of the sealing key, as it was appended with the block at <paramref name="Height"/>.</summary>
public readonly record struct StoredKeyChange(ulong Height, byte[] Bytes);
