using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Actors.Silo.Settings;
using Microsoft.AspNetCore.Connections;
using Orleans.Configuration;

namespace Actors.Silo.Tls;

/// <summary>
/// TLS under every connection of the cluster, as a step in Orleans' connection pipeline. Both ends show a certificate that the cluster's own authority
/// signed for the cluster's name, so that only what was given one can join, or call a grain.
/// </summary>
internal sealed class TlsConnections
{
    private static readonly TimeSpan HandshakeMax = TimeSpan.FromSeconds(10);
    private readonly string _name;
    private readonly SslStreamCertificateContext _certificate;
    private readonly X509ChainPolicy _trust;

    public TlsConnections(TlsOptions options)
    {
        _name = options.Name;
        using var leaf = X509Certificate2.CreateFromPemFile(options.CertificateFile, options.KeyFile);
        var between = new X509Certificate2Collection();
        between.ImportFromPemFile(options.CertificateFile);
        var authority = new X509Certificate2Collection();
        authority.ImportFromPemFile(options.AuthorityFile);
        var certificate = X509CertificateLoader.LoadPkcs12(leaf.Export(X509ContentType.Pkcs12), null);
        _certificate = SslStreamCertificateContext.Create(certificate, between, offline: true);
        _trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        _trust.CustomTrustStore.AddRange(authority);
    }

    public void UseServer(IConnectionBuilder connections) => connections.Use(next => context => RunAsync(context, next, AcceptAsync));

    public void UseClient(IConnectionBuilder connections) => connections.Use(next => context => RunAsync(context, next, ConnectAsync));

    private static async Task RunAsync(ConnectionContext context, ConnectionDelegate next, Func<SslStream, CancellationToken, Task> handshake)
    {
        var plain = context.Transport;
        await using var encrypted = new SslStream(new DuplexStream(plain.Input.AsStream(), plain.Output.AsStream()));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.ConnectionClosed);
        patience.CancelAfter(HandshakeMax);
        await handshake(encrypted, patience.Token).ConfigureAwait(false);
        context.Transport = new DuplexPipe(PipeReader.Create(encrypted), PipeWriter.Create(encrypted));
        try
        {
            await next(context).ConfigureAwait(false);
        }
        finally
        {
            await context.Transport.Input.CompleteAsync().ConfigureAwait(false);
            await context.Transport.Output.CompleteAsync().ConfigureAwait(false);
            context.Transport = plain;
        }
    }

    private Task AcceptAsync(SslStream stream, CancellationToken patience) => stream.AuthenticateAsServerAsync(
        new SslServerAuthenticationOptions
        {
            ServerCertificateContext = _certificate,
            ClientCertificateRequired = true,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            CertificateChainPolicy = _trust.Clone(),
            RemoteCertificateValidationCallback = (_, certificate, _, errors) => errors is SslPolicyErrors.None && CarriesName(certificate),
        },
        patience);

    private Task ConnectAsync(SslStream stream, CancellationToken patience) => stream.AuthenticateAsClientAsync(
        new SslClientAuthenticationOptions
        {
            TargetHost = _name,
            ClientCertificateContext = _certificate,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            CertificateChainPolicy = _trust.Clone(),
        },
        patience);

    private bool CarriesName(X509Certificate? certificate) => certificate is X509Certificate2 known && known.MatchesHostname(_name, allowCommonName: false);

    private sealed record DuplexPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}

internal static class TlsHosting
{
    public static void UseTls(this ISiloBuilder silo, TlsOptions options)
    {
        var tls = new TlsConnections(options);
        silo.Configure<SiloConnectionOptions>(connections =>
        {
            connections.ConfigureSiloInboundConnection(tls.UseServer);
            connections.ConfigureGatewayInboundConnection(tls.UseServer);
            connections.ConfigureSiloOutboundConnection(tls.UseClient);
        });
    }

    public static void UseTls(this IClientBuilder client, TlsOptions options)
    {
        var tls = new TlsConnections(options);
        client.Configure<ClientConnectionOptions>(connections => connections.ConfigureConnection(tls.UseClient));
    }
}
