using Actors.Cli.Client;
using Actors.Cli.Parsing;
using Actors.Ledger;

namespace Actors.Cli.Channels;

/// <summary>An asset that is to cross a channel, as it is typed: its number at home, and after = the code of its voucher on the other chain.</summary>
internal sealed record AssetOverChannel(uint Asset, string? VoucherCode)
{
    public static AssetOverChannel Parse(string text)
    {
        var parts = text.Split('=', 2);
        return new AssetOverChannel(Parser.Asset(parts[0]), parts.Length == 1 ? null : parts[1]);
    }

    /// <summary>The code as typed, or the home chain's name and the asset's code.</summary>
    /// <exception cref="CannotRunException">The two together are too long.</exception>
    public string CodeOf(ChainId home, AssetAnswer asset)
    {
        var code = VoucherCode ?? $"{home.Value.ToUpperInvariant()}.{asset.Code}";
        return code.Length <= Limits.AssetCodeBytesMax
            ? code
            : throw new CannotRunException($"'{code}' has more than the {Limits.AssetCodeBytesMax} characters of an asset code: give the voucher's code as {Asset}=CODE");
    }
}
