using Actors.Gateway.Hosting;

return await GatewayProcess.RunAsync(args, new GatewayHosting(EmbeddedNode.Opener));
